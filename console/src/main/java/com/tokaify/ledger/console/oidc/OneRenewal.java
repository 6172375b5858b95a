package com.tokaify.ledger.console.oidc;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.client.OAuth2AuthorizationContext;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientProvider;
import org.springframework.security.oauth2.core.OAuth2AccessToken;

/**
 * Renews each access token once. A page asks for many things at a time; were each of its requests
 * to find the token too old and to renew it, an issuer that gives out a refresh token only for one
 * use would take the second for theft and end the session. Requests that still carry the old token
 * get the new one for a while. Each instance by itself. Thread-safe.
 */
final class OneRenewal implements OAuth2AuthorizedClientProvider {
    /** How long before it expires a token is renewed: the clocks of services may differ by that. */
    private static final Duration IN_TIME = Duration.ofMinutes(1);

    private static final Duration WHILE = Duration.ofMinutes(2);
    private static final int SESSIONS = 10_000;

    private final OAuth2AuthorizedClientProvider issuer;

    /** By the text of the access token that was renewed. */
    private final Cache<String, OAuth2AuthorizedClient> renewed =
            Caffeine.newBuilder().maximumSize(SESSIONS).expireAfterWrite(WHILE).build();

    OneRenewal(OAuth2AuthorizedClientProvider issuer) {
        this.issuer = issuer;
    }

    @Override
    public @Nullable OAuth2AuthorizedClient authorize(OAuth2AuthorizationContext context) {
        OAuth2AuthorizedClient old = context.getAuthorizedClient();
        if (old == null || old.getRefreshToken() == null || !isOld(old.getAccessToken())) {
            return null;
        }
        return renewed.get(
                old.getAccessToken().getTokenValue(),
                _ -> Objects.requireNonNull(issuer.authorize(context)));
    }

    /** As Spring sees it, which then always renews. */
    private static boolean isOld(OAuth2AccessToken token) {
        Instant expiresAt = token.getExpiresAt();
        return expiresAt != null && Instant.now().isAfter(expiresAt.minus(IN_TIME));
    }
}
