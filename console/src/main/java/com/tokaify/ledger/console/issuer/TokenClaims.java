package com.tokaify.ledger.console.issuer;

import com.tokaify.ledger.console.Grant;
import com.tokaify.ledger.console.Role;
import com.tokaify.ledger.console.oidc.OidcSettings;
import com.tokaify.ledger.console.oidc.WithEmbeddedIssuer;
import com.tokaify.ledger.console.user.User;
import com.tokaify.ledger.console.user.UserTable;
import com.tokaify.ledger.events.InvalidField;
import com.tokaify.ledger.events.id.AccountId;
import com.tokaify.ledger.events.id.UserId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.Date;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.FactorGrantedAuthority;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.oidc.IdTokenClaimNames;
import org.springframework.security.oauth2.core.oidc.StandardClaimNames;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientCredentialsAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;
import org.springframework.stereotype.Component;

/**
 * What tokens of the embedded issuer say: role and account, as they are now and not as they were at
 * sign-in, and when the person last entered the password. Who is disabled gets none, not even by a
 * refresh token.
 */
@Component
@WithEmbeddedIssuer
final class TokenClaims implements OAuth2TokenCustomizer<JwtEncodingContext> {
    private final UserTable users;
    private final MachineClientTable machines;
    private final OidcSettings names;
    private final String audience;
    private final InstantSource clock;

    TokenClaims(
            UserTable users,
            MachineClientTable machines,
            OidcSettings names,
            IssuerSettings settings,
            InstantSource clock) {
        this.users = users;
        this.machines = machines;
        this.names = names;
        this.audience = settings.audience();
        this.clock = clock;
    }

    @Override
    public void customize(JwtEncodingContext context) {
        JwtClaimsSet.Builder claims = context.getClaims();
        if (OAuth2TokenType.ACCESS_TOKEN.equals(context.getTokenType())) {
            // A kind of list that the table of authorizations can be read back from.
            claims.audience(Collections.singletonList(audience));
        }
        if (AuthorizationGrantType.CLIENT_CREDENTIALS.equals(context.getAuthorizationGrantType())) {
            add(claims, machine(context));
            if (isLocal(context)) {
                // Who can read its secret has the data folder, and the key of all secrets in it.
                claims.claim(IdTokenClaimNames.AUTH_TIME, Date.from(clock.instant()));
            }
        } else {
            User user = person(context);
            add(claims, user.grant());
            claims.claim(IdTokenClaimNames.AUTH_TIME, passwordEntered(principal(context)));
            if (!OAuth2TokenType.ACCESS_TOKEN.equals(context.getTokenType())) {
                claims.claim(StandardClaimNames.PREFERRED_USERNAME, user.shownName());
            }
        }
    }

    private void add(JwtClaimsSet.Builder claims, Grant grant) {
        claims.claim(names.roleClaim(), grant.role().text());
        String account = grant.accountText();
        if (account != null) {
            claims.claim(names.accountClaim(), account);
        }
    }

    private User person(JwtEncodingContext context) {
        return users.find(UserId.parse(principal(context).getName()))
                .filter(User::isActive)
                .orElseThrow(() -> refused(OAuth2ErrorCodes.INVALID_GRANT, "not a user any more"));
    }

    private static Authentication principal(JwtEncodingContext context) {
        Authentication principal = context.getPrincipal();
        return Objects.requireNonNull(principal);
    }

    private static Date passwordEntered(Authentication principal) {
        Instant entered =
                principal.getAuthorities().stream()
                        .filter(FactorGrantedAuthority.class::isInstance)
                        .map(factor -> ((FactorGrantedAuthority) factor).getIssuedAt())
                        .max(Instant::compareTo)
                        .orElseThrow();
        return Date.from(entered);
    }

    private Grant machine(JwtEncodingContext context) {
        if (isLocal(context)) {
            OAuth2ClientCredentialsAuthenticationToken request = context.getAuthorizationGrant();
            return wanted(Objects.requireNonNull(request).getAdditionalParameters());
        }
        if (context.getRegisteredClient().getClientId().equals(Clients.WATCHER)) {
            return new Grant(Role.AUDITOR, null);
        }
        return machines.find(context.getRegisteredClient().getClientId())
                .map(MachineClient::grant)
                .orElseThrow(
                        () -> refused(OAuth2ErrorCodes.INVALID_CLIENT, "not a client any more"));
    }

    private static boolean isLocal(JwtEncodingContext context) {
        return context.getRegisteredClient().getClientId().equals(Clients.LOCAL);
    }

    /** The local client says itself what it wants to be. */
    private static Grant wanted(Map<String, Object> parameters) {
        try {
            String account = text(parameters, "account");
            String role = text(parameters, "role");
            return new Grant(
                    Role.parse(role == null ? "" : role),
                    account == null ? null : AccountId.parse(account));
        } catch (InvalidField e) {
            throw refused(OAuth2ErrorCodes.INVALID_REQUEST, e.getMessage());
        }
    }

    private static @Nullable String text(Map<String, Object> parameters, String name) {
        return parameters.get(name) instanceof String text && !text.isEmpty() ? text : null;
    }

    private static OAuth2AuthenticationException refused(String code, @Nullable String why) {
        return new OAuth2AuthenticationException(new OAuth2Error(code, why, null));
    }
}
