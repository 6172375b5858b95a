package com.tokaify.ledger.console.oidc;

import com.tokaify.ledger.console.edge.SessionAge;
import com.tokaify.ledger.console.metrics.SignInCounts;
import com.tokaify.ledger.console.metrics.SignInCounts.Outcome;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.oauth2.client.OAuth2LoginConfigurer;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.web.DefaultOAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizedClientRepository;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.stereotype.Component;

/**
 * How somebody comes to be signed in: at the issuer, by authorization code with PKCE. The tokens
 * stay in the session.
 */
@Component
public final class OidcSignIn implements Customizer<OAuth2LoginConfigurer<HttpSecurity>> {
    /** The parameter that has the password asked for again. */
    public static final String AGAIN = "again";

    private static final Logger LOG = LoggerFactory.getLogger(OidcSignIn.class);

    private final ClientRegistrationRepository registrations;
    private final OAuth2AuthorizedClientRepository tokens;
    private final People people;
    private final SessionAge age;
    private final SignInCounts counts;

    OidcSignIn(
            ClientRegistrationRepository registrations,
            OAuth2AuthorizedClientRepository tokens,
            People people,
            SessionAge age,
            SignInCounts counts) {
        this.registrations = registrations;
        this.tokens = tokens;
        this.people = people;
        this.age = age;
        this.counts = counts;
    }

    @Override
    public void customize(OAuth2LoginConfigurer<HttpSecurity> login) {
        login.clientRegistrationRepository(registrations)
                .authorizedClientRepository(tokens)
                .loginPage("/sign-in")
                .authorizationEndpoint(endpoint ->
                        endpoint.authorizationRequestResolver(new Requests(registrations)))
                .userInfoEndpoint(endpoint -> endpoint.oidcUserService(people))
                .successHandler(this::signedIn)
                .failureHandler(this::notSignedIn);
    }

    private void signedIn(
            HttpServletRequest request, HttpServletResponse response, Authentication person)
            throws IOException {
        age.begin(request.getSession());
        counts.add(Outcome.SIGNED_IN);
        response.sendRedirect("/");
    }

    private void notSignedIn(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException e)
            throws IOException {
        boolean noRole =
                e instanceof OAuth2AuthenticationException refused
                        && refused.getError().getErrorCode().equals(People.NO_ROLE);
        counts.add(Outcome.FAILED);
        LOG.warn("a sign-in did not come to its end: {}", e.getMessage());
        response.sendRedirect(noRole ? "/sign-in/failed?role" : "/sign-in/failed");
    }

    /**
     * Asks the issuer for the password even of somebody it knows, where that is wanted. There is
     * one issuer; whoever asks for the start at another one finds nothing there.
     */
    private record Requests(OAuth2AuthorizationRequestResolver usual)
            implements OAuth2AuthorizationRequestResolver {

        Requests(ClientRegistrationRepository registrations) {
            this(new DefaultOAuth2AuthorizationRequestResolver(registrations));
        }

        @Override
        public @Nullable OAuth2AuthorizationRequest resolve(HttpServletRequest request) {
            return request.getServletPath().equals(Registration.START)
                    ? again(request, usual.resolve(request))
                    : null;
        }

        @Override
        public @Nullable OAuth2AuthorizationRequest resolve(
                HttpServletRequest request, String registration) {
            return again(request, usual.resolve(request, registration));
        }

        private static @Nullable OAuth2AuthorizationRequest again(
                HttpServletRequest request, @Nullable OAuth2AuthorizationRequest usual) {
            if (usual == null || request.getParameter(AGAIN) == null) {
                return usual;
            }
            return OAuth2AuthorizationRequest.from(usual)
                    .additionalParameters(parameters ->
                            parameters.putAll(Map.of("prompt", "login", "max_age", "0")))
                    .build();
        }
    }
}
