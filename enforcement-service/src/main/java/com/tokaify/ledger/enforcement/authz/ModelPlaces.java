package com.tokaify.ledger.enforcement.authz;

import com.tokaify.ledger.enforcement.http.GatewayCall;
import com.tokaify.ledger.enforcement.http.QueryText;
import com.tokaify.ledger.events.InvalidField;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where the model of a call is named: a header the gateway sets, the JSON body where it is sent
 * along, the path of Gemini ({@code /models/{m}:generateContent}), {@code ?model=} of OpenAI's
 * realtime sockets. All that name one must name the same: the upstream acts on one of them, and
 * which one is nothing to bet a restriction on.
 */
final class ModelPlaces {
    /** Larger than any prompt a gateway would send along with every check. */
    static final int MAX_BODY_BYTES = 1024 * 1024;

    private static final String[] HEADERS = {"X-Model", "x-ai-eg-model"};
    private static final String PARTIAL_BODY = "x-envoy-auth-partial-body";
    private static final String PARAMETER = "model";
    private static final String IN_PATH = "/models/";
    private static final String REALTIME = "/realtime";

    private @Nullable String model;

    private ModelPlaces() {}

    /**
     * The model of the call; null where nobody names it.
     *
     * @throws InvalidField where it is named differently in two places, or the body cannot be read
     */
    static @Nullable String find(GatewayCall call, OriginalUri original) throws IOException {
        ModelPlaces places = new ModelPlaces();
        for (String header : HEADERS) {
            for (String value : call.headers(header)) {
                places.add(value.strip());
            }
        }
        if (hasWholeJsonBody(call)) {
            places.add(ModelInBody.find(call.body(MAX_BODY_BYTES)));
        }
        places.add(inPath(original.path()));
        if (original.path().endsWith(REALTIME)) {
            places.add(QueryText.value(original.query(), PARAMETER));
        }
        if (!original.appended()) {
            places.add(QueryText.value(call.query(), PARAMETER));
        }
        return places.model;
    }

    private void add(@Nullable String named) {
        if (named == null || named.isEmpty()) {
            return;
        }
        if (model != null && !model.equals(named)) {
            throw new InvalidField("model", "must be named the same wherever it is named");
        }
        model = named;
    }

    /** A body that was cut off names no model: what was cut off could name another. */
    private static boolean hasWholeJsonBody(GatewayCall call) {
        return call.hasBody()
                && isJson(call.header("Content-Type"))
                && !"true".equalsIgnoreCase(call.header(PARTIAL_BODY));
    }

    private static boolean isJson(@Nullable String contentType) {
        if (contentType == null) {
            return false;
        }
        int parameters = contentType.indexOf(';');
        String type =
                (parameters < 0 ? contentType : contentType.substring(0, parameters))
                        .strip()
                        .toLowerCase(Locale.ROOT);
        return type.equals("application/json") || type.endsWith("+json");
    }

    /** Without an action behind a colon it is a question about the model, not a call of it. */
    private static @Nullable String inPath(String path) {
        int begin = path.indexOf(IN_PATH);
        if (begin < 0) {
            return null;
        }
        int nameBegin = begin + IN_PATH.length();
        if (path.indexOf(IN_PATH, nameBegin - 1) >= 0) {
            throw new InvalidField("path", "must name one model");
        }
        int colon = path.lastIndexOf(':');
        return colon < nameBegin ? null : path.substring(nameBegin, colon);
    }
}
