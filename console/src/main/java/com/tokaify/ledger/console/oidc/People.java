package com.tokaify.ledger.console.oidc;

import com.tokaify.ledger.console.Grant;
import com.tokaify.ledger.console.Role;
import com.tokaify.ledger.events.InvalidField;
import com.tokaify.ledger.events.id.AccountId;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserRequest;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserService;
import org.springframework.security.oauth2.client.userinfo.OAuth2UserService;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.oidc.user.DefaultOidcUser;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.stereotype.Component;

/** Reads who somebody is from what the issuer says of them. Who has no role here is not let in. */
@Component
public final class People implements OAuth2UserService<OidcUserRequest, OidcUser> {
    /** Why somebody the issuer knows is refused. */
    static final String NO_ROLE = "no_role";

    private final OidcUserService issuer = new OidcUserService();
    private final OidcSettings settings;

    People(OidcSettings settings) {
        this.settings = settings;
    }

    @Override
    public OidcUser loadUser(OidcUserRequest request) {
        OidcUser user = issuer.loadUser(request);
        try {
            String role = "ROLE_" + grant(user).role().name();
            return new DefaultOidcUser(
                    Set.of(new SimpleGrantedAuthority(role)),
                    user.getIdToken(),
                    user.getUserInfo());
        } catch (InvalidField e) {
            throw new OAuth2AuthenticationException(
                    new OAuth2Error(NO_ROLE, e.getMessage(), null), e.getMessage(), e);
        }
    }

    /** The person of a session. */
    public Person of(Authentication signedIn) {
        OidcUser user = (OidcUser) Objects.requireNonNull(signedIn.getPrincipal());
        String name =
                Objects.requireNonNullElse(
                        user.getPreferredUsername(),
                        Objects.requireNonNullElse(user.getFullName(), user.getName()));
        return new Person(user.getName(), name, grant(user), user.getAuthenticatedAt());
    }

    private Grant grant(OidcUser user) {
        Role role = Role.parse(Objects.requireNonNullElse(text(user, settings.roleClaim()), ""));
        String account = text(user, settings.accountClaim());
        return new Grant(
                role, role == Role.OPERATOR || account == null ? null : AccountId.parse(account));
    }

    private static @Nullable String text(OidcUser user, String claim) {
        return user.getClaims().get(claim) instanceof String text ? text : null;
    }
}
