package com.tokaify.ledger.enforcement.authz;

import com.tokaify.ledger.enforcement.http.GatewayCall;
import com.tokaify.ledger.events.InvalidField;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How a gateway wants its answers, as it says in the hook's own query: {@code
 * ?profile=nginx&format=anthropic&compat=newapi}, or over gRPC in the extensions of its context.
 * Not read where the caller's request is appended to the hook's path, since the query is the
 * caller's then.
 */
record AuthzOptions(Profile profile, ErrorFormat format, Compat compat) {
    private static final String ANTHROPIC_PATH = "/v1/messages";

    enum Profile {
        /** Any status reaches the gateway as it is. */
        PLAIN,
        /** nginx takes 401 and 403 and makes a 500 of anything else. */
        NGINX
    }

    enum ErrorFormat {
        OPENAI,
        ANTHROPIC
    }

    enum Compat {
        NONE,
        /** The statuses and codes of new-api, for callers that were written against it. */
        NEWAPI
    }

    /**
     * @throws InvalidField where an option is none
     */
    static AuthzOptions of(GatewayCall call, OriginalUri original) {
        boolean saysSo = call.isCallersOwnPath() || !original.appended();
        Function<String, @Nullable String> given = name -> saysSo ? call.option(name) : null;
        return new AuthzOptions(
                is(given, "profile", "nginx") ? Profile.NGINX : Profile.PLAIN,
                format(given.apply("format"), original.path()),
                is(given, "compat", "newapi") ? Compat.NEWAPI : Compat.NONE);
    }

    private static ErrorFormat format(@Nullable String given, String path) {
        if (given == null) {
            boolean messages = path.endsWith(ANTHROPIC_PATH) || path.contains(ANTHROPIC_PATH + "/");
            return messages ? ErrorFormat.ANTHROPIC : ErrorFormat.OPENAI;
        }
        return switch (given) {
            case "openai" -> ErrorFormat.OPENAI;
            case "anthropic" -> ErrorFormat.ANTHROPIC;
            default -> throw new InvalidField("format", "must be openai or anthropic");
        };
    }

    private static boolean is(Function<String, @Nullable String> option, String name, String word) {
        String given = option.apply(name);
        if (given != null && !given.equals(word)) {
            throw new InvalidField(name, "must be " + word + " or be left out");
        }
        return given != null;
    }
}
