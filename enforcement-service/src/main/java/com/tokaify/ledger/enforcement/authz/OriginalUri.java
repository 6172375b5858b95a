package com.tokaify.ledger.enforcement.authz;

import com.tokaify.ledger.enforcement.http.GatewayCall;
import com.tokaify.ledger.enforcement.http.QueryText;
import com.tokaify.ledger.events.InvalidField;
import org.jspecify.annotations.Nullable;

/**
 * What the gateway's caller has asked for. Gateways say it in one of two ways: they append it to
 * the hook's path, as Envoy does, or ask the bare hook and say it in a header. What stands in the
 * path was put there by the gateway, so no header is looked at then. Headers must agree, since a
 * gateway writes one of them and hands on the others as its caller has written them.
 *
 * @param path decoded, without dot segments; empty where nobody said
 * @param query as it was sent
 * @param appended whether it stood in the hook's own path, or the gateway has sent it as it was
 */
record OriginalUri(String path, @Nullable String query, boolean appended) {
    private static final String[] HEADERS = {"X-Forwarded-Uri", "X-Original-URI", "X-Original-URL"};

    /**
     * @param hook the hook's own path
     * @throws InvalidField where headers disagree, or the path is one that servers read differently
     */
    static OriginalUri of(GatewayCall call, String hook) {
        String own = call.path();
        if (call.isCallersOwnPath()) {
            return new OriginalUri(decodedPath(own), call.query(), true);
        }
        if (!own.startsWith(hook)) {
            throw new InvalidField("path", "must begin with " + hook);
        }
        String rest = own.substring(hook.length());
        if (!rest.isEmpty() && !rest.equals("/")) {
            return new OriginalUri(decodedPath(rest), call.query(), true);
        }
        String said = fromHeaders(call);
        if (said == null) {
            return new OriginalUri("", null, false);
        }
        int question = said.indexOf('?');
        return question < 0
                ? new OriginalUri(decodedPath(said), null, false)
                : new OriginalUri(
                        decodedPath(said.substring(0, question)),
                        said.substring(question + 1),
                        false);
    }

    private static @Nullable String fromHeaders(GatewayCall call) {
        String said = null;
        for (String header : HEADERS) {
            for (String line : call.headers(header)) {
                String value = withoutHost(line);
                if (said != null && !said.equals(value)) {
                    throw new InvalidField(header, "must not contradict what is said before it");
                }
                said = value;
            }
        }
        return said;
    }

    /** ingress-nginx writes a whole URL. */
    private static String withoutHost(String uri) {
        int scheme = uri.startsWith("/") ? -1 : uri.indexOf("://");
        if (scheme < 0) {
            return uri;
        }
        int path = uri.indexOf('/', scheme + 3);
        return path < 0 ? "/" : uri.substring(path);
    }

    /** Decoded, since the upstream decodes too: an encoded letter must not hide a model. */
    private static String decodedPath(String raw) {
        String path =
                raw.indexOf('%') < 0 ? raw : QueryText.decoded("path", raw.replace("+", "%2B"));
        if (path.contains("/.") && (path + "/").matches("(?s).*/\\.{1,2}[/;].*")) {
            throw new InvalidField("path", "must have no dot segments");
        }
        return path;
    }
}
