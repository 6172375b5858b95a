package com.tokaify.ledger.console.oidc;

import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Who signs people in.
 *
 * @param issuer its URL; empty is the embedded issuer
 * @param clientId of this console there
 * @param scopes what is asked for there
 * @param roleClaim of ID token and access token
 * @param accountClaim the account somebody is bound to
 */
@ConfigurationProperties("ledger.oidc")
public record OidcSettings(
        String issuer,
        String clientId,
        String clientSecret,
        Set<String> scopes,
        String roleClaim,
        String accountClaim) {
    static final String ISSUER = "ledger.oidc.issuer";

    public OidcSettings {
        if (!issuer.isBlank() && clientSecret.isBlank()) {
            throw new IllegalArgumentException(
                    "LEDGER_OIDC_CLIENT_SECRET must be set where LEDGER_OIDC_ISSUER is");
        }
        if (!scopes.contains("openid")) {
            throw new IllegalArgumentException("LEDGER_OIDC_SCOPES must contain openid");
        }
    }

    /** Whether people are kept here, and not by somebody else. */
    public boolean isEmbedded() {
        return issuer.isBlank();
    }

    /** The secret is in it. */
    @Override
    public String toString() {
        return isEmbedded() ? "the embedded issuer" : issuer;
    }
}
