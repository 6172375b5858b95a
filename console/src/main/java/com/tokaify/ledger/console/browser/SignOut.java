package com.tokaify.ledger.console.browser;

import com.tokaify.ledger.console.ConsoleSettings;
import com.tokaify.ledger.console.oidc.OidcSettings;
import com.tokaify.ledger.console.oidc.Registration;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.security.web.authentication.logout.LogoutSuccessHandler;
import org.springframework.stereotype.Component;
import org.springframework.web.util.UriComponentsBuilder;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tells the page where to go once the session is gone: to the sign-in page, or first to the issuer,
 * which would otherwise sign the same person in again without a question.
 */
@Component
final class SignOut implements LogoutSuccessHandler {
    private static final String SIGN_IN = "/sign-in";

    private final ConsoleSettings console;
    private final OidcSettings oidc;
    private final ClientRegistrationRepository registrations;
    private final JsonMapper json;

    SignOut(
            ConsoleSettings console,
            OidcSettings oidc,
            ClientRegistrationRepository registrations,
            JsonMapper json) {
        this.console = console;
        this.oidc = oidc;
        this.registrations = registrations;
        this.json = json;
    }

    private record SignedOut(String next) {}

    @Override
    public void onLogoutSuccess(
            HttpServletRequest request,
            HttpServletResponse response,
            @Nullable Authentication signedIn)
            throws IOException {
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        json.writeValue(response.getOutputStream(), new SignedOut(next(signedIn)));
    }

    private String next(@Nullable Authentication signedIn) {
        if (oidc.isEmbedded()
                || signedIn == null
                || !(signedIn.getPrincipal() instanceof OidcUser user)) {
            return SIGN_IN;
        }
        ClientRegistration registration = registrations.findByRegistrationId(Registration.ID);
        Object endpoint =
                registration == null
                        ? null
                        : registration
                                .getProviderDetails()
                                .getConfigurationMetadata()
                                .get("end_session_endpoint");
        if (endpoint == null) {
            return SIGN_IN;
        }
        return UriComponentsBuilder.fromUriString(endpoint.toString())
                .queryParam("id_token_hint", user.getIdToken().getTokenValue())
                .queryParam("post_logout_redirect_uri", console.url() + "/")
                .encode()
                .build()
                .toUriString();
    }
}
