package com.tokaify.ledger.service.access;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Whose access tokens are taken.
 *
 * @param issuer exactly as their {@code iss} has it, and where OIDC discovery finds its keys; null
 *     where the service is open
 * @param keysUrl where its keys are instead, for a service that does not reach the issuer under the
 *     name browsers have for it; null is by discovery
 * @param audience what their {@code aud} must name
 * @param roleClaim the claim that has the {@link Role}
 * @param accountClaim the claim that has the account
 */
@ConfigurationProperties("ledger.access")
public record AccessSettings(
        @Nullable String issuer,
        @Nullable String keysUrl,
        String audience,
        String roleClaim,
        String accountClaim) {
    public AccessSettings {
        issuer = given(issuer);
        keysUrl = given(keysUrl);
        named("LEDGER_ACCESS_AUDIENCE", audience);
        named("LEDGER_ACCESS_ROLE_CLAIM", roleClaim);
        named("LEDGER_ACCESS_ACCOUNT_CLAIM", accountClaim);
    }

    /** Without an issuer nobody can say who he is, and everybody is the local operator. */
    public boolean isOpen() {
        return issuer == null;
    }

    private static @Nullable String given(@Nullable String value) {
        return value == null || value.isBlank() ? null : value.strip();
    }

    private static void named(String variable, String value) {
        if (value.isBlank()) {
            throw new IllegalArgumentException(variable + " must not be empty");
        }
    }
}
