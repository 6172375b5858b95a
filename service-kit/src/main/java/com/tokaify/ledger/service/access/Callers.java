package com.tokaify.ledger.service.access;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.security.web.authentication.preauth.PreAuthenticatedAuthenticationToken;

/** {@link Access} as Spring Security carries it: the principal of the request under way. */
final class Callers {
    private Callers() {}

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
        return accessOf(SecurityContextHolder.getContext().getAuthentication());
    }
}
