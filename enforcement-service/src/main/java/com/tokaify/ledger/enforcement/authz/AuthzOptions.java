package com.tokaify.ledger.enforcement.authz;

import com.tokaify.ledger.events.InvalidField;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * How a gateway wants its answers, as it says in the hook's own query: {@code
 * ?profile=nginx&format=anthropic&compat=newapi}. Not read where the caller's request is appended
 * to the hook's path, since the query is the caller's then.
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
    static AuthzOptions of(HttpServletRequest request, OriginalUri original) {
        String query = original.appended() ? null : request.getQueryString();
        return new AuthzOptions(
                option(query, "profile", "nginx") ? Profile.NGINX : Profile.PLAIN,
                format(query, original.path()),
                option(query, "compat", "newapi") ? Compat.NEWAPI : Compat.NONE);
    }

    private static ErrorFormat format(@Nullable String query, String path) {
        String given = QueryText.value(query, "format");
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

    private static boolean option(@Nullable String query, String name, String word) {
        String given = QueryText.value(query, name);
        if (given != null && !given.equals(word)) {
            throw new InvalidField(name, "must be " + word + " or be left out");
        }
        return given != null;
    }
}
