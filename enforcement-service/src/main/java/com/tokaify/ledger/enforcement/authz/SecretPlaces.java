package com.tokaify.ledger.enforcement.authz;

import com.tokaify.ledger.enforcement.decision.GivenSecret;
import com.tokaify.ledger.enforcement.http.GatewayCall;
import com.tokaify.ledger.enforcement.http.QueryText;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where applications put the key: {@code Authorization} (with or without {@code Bearer}), the
 * headers of Anthropic, Gemini and Midjourney, the subprotocol of a web socket of OpenAI, {@code
 * ?key=} of Gemini. The first place that has one is taken.
 */
final class SecretPlaces {
    private static final String[] HEADERS = {"x-api-key", "x-goog-api-key", "mj-api-secret"};
    private static final String BEARER = "Bearer ";
    private static final String WEB_SOCKET = "Sec-WebSocket-Protocol";
    private static final String IN_WEB_SOCKET = "openai-insecure-api-key.";
    private static final String PARAMETER = "key";

    private SecretPlaces() {}

    static Optional<GivenSecret> find(GatewayCall call, OriginalUri original) {
        String key = authorization(call.header("Authorization"));
        for (int i = 0; key == null && i < HEADERS.length; i++) {
            key = present(call.header(HEADERS[i]));
        }
        if (key == null) {
            key = webSocket(call.headers(WEB_SOCKET));
        }
        if (key == null) {
            key = QueryText.value(original.query(), PARAMETER);
        }
        if (key == null && !original.appended()) {
            key = QueryText.value(call.query(), PARAMETER);
        }
        return Optional.ofNullable(key).map(GivenSecret::new);
    }

    /** Other schemes, e.g. {@code Basic}, are for somebody else. */
    private static @Nullable String authorization(@Nullable String header) {
        String value = present(header);
        if (value == null) {
            return null;
        }
        if (value.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return present(value.substring(BEARER.length()));
        }
        boolean alone = value.indexOf(' ') < 0 && !value.equalsIgnoreCase(BEARER.strip());
        return alone ? value : null;
    }

    private static @Nullable String webSocket(List<String> lines) {
        for (String line : lines) {
            int begin = line.indexOf(IN_WEB_SOCKET);
            if (begin >= 0) {
                int comma = line.indexOf(',', begin);
                String key =
                        line.substring(
                                begin + IN_WEB_SOCKET.length(), comma < 0 ? line.length() : comma);
                return present(key);
            }
        }
        return null;
    }

    private static @Nullable String present(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }
}
