package com.tokaify.ledger.service.access;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Whose access tokens are taken.
 *
 * @param issuer exactly as their {@code iss} has it, and where OIDC discovery finds its keys; null
 *     where the service is open
 * @param audience what their {@code aud} must name
 * @param roleClaim the claim that has the {@link Role}
 * @param accountClaim the claim that has the account
 */
@ConfigurationProperties("ledger.access")
public record AccessSettings(
        @Nullable String issuer, String audience, String roleClaim, String accountClaim) {
    public AccessSettings {
        issuer = issuer == null || issuer.isBlank() ? null : issuer.strip();
        named("LEDGER_ACCESS_AUDIENCE", audience);
        named("LEDGER_ACCESS_ROLE_CLAIM", roleClaim);
        named("LEDGER_ACCESS_ACCOUNT_CLAIM", accountClaim);
    }

    /** Without an issuer nobody can say who he is, and everybody is the local operator. */
    public boolean isOpen() {
        return issuer == null;
    }

    private static void named(String variable, String value) {
        if (value.isBlank()) {
            throw new IllegalArgumentException(variable + " must not be empty");
        }
    }
}
