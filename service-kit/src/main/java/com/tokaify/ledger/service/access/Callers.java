package com.tokaify.ledger.service.access;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.security.web.authentication.preauth.PreAuthenticatedAuthenticationToken;

/** {@link Access} as Spring Security carries it: the principal of the request under way. */
final class Callers {
    private static final String SCHEME = "Bearer ";

    private Callers() {}

    /**
     * What stands in the header after the scheme; null where nothing does. Whether it is a token is
     * for {@link AccessTokens} to say: the pattern that Spring Security's own resolver holds it to
     * takes twice as long as all the rest of the chain.
     */
    static @Nullable Authentication bearerOf(HttpServletRequest request) {
        String header = request.getHeader(HttpHeaders.AUTHORIZATION);
        if (header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return null;
        }
        String token = header.substring(SCHEME.length()).strip();
        return token.isEmpty() ? null : new BearerTokenAuthenticationToken(token);
    }

    /** Says whom a bearer token speaks for. */
    static AuthenticationManager by(AccessTokens tokens) {
        return bearer -> {
            String token = ((BearerTokenAuthenticationToken) bearer).getToken();
            return new PreAuthenticatedAuthenticationToken(tokens.accessOf(token), null, List.of());
        };
    }

    static Access accessOf(@Nullable Authentication authentication) {
        return (Access)
                Objects.requireNonNull(Objects.requireNonNull(authentication).getPrincipal());
    }

    /** Of the request this thread answers. */
    static Access current() {
        Authentication caller = SecurityContextHolder.getContext().getAuthentication();
        if (caller != null && caller.getPrincipal() instanceof Access access) {
            return access;
        }
        throw new IllegalStateException("this thread answers nobody who is known");
    }
}
