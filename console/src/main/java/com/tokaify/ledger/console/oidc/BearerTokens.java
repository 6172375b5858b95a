package com.tokaify.ledger.console.oidc;

import com.tokaify.ledger.console.edge.Refusals;
import com.tokaify.ledger.service.problem.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.time.Instant;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.client.ClientAuthorizationException;
import org.springframework.security.oauth2.client.OAuth2AuthorizeRequest;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientManager;
import org.springframework.security.oauth2.client.RefreshTokenOAuth2AuthorizedClientProvider;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.web.DefaultOAuth2AuthorizedClientManager;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizedClientRepository;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.stereotype.Component;

/**
 * The access token of who is signed in, renewed in time. It goes from the session to the services
 * and nowhere else. Where the issuer does not renew it any more, the session ends.
 */
@Component
public final class BearerTokens {
    private static final Logger LOG = LoggerFactory.getLogger(BearerTokens.class);
    private static final Set<String> OVER =
            Set.of(OAuth2ErrorCodes.INVALID_GRANT, OAuth2ErrorCodes.INVALID_TOKEN);

    private final OAuth2AuthorizedClientManager tokens;

    BearerTokens(
            ClientRegistrationRepository registrations, OAuth2AuthorizedClientRepository sessions) {
        DefaultOAuth2AuthorizedClientManager manager =
                new DefaultOAuth2AuthorizedClientManager(registrations, sessions);
        manager.setAuthorizedClientProvider(
                new OneRenewal(new RefreshTokenOAuth2AuthorizedClientProvider()));
        this.tokens = manager;
    }

    /**
     * @throws ProblemException 401 where there is none any more, 503 where the issuer is away
     */
    public OAuth2AccessToken of(
            Authentication person, HttpServletRequest request, HttpServletResponse response) {
        try {
            OAuth2AuthorizedClient client =
                    tokens.authorize(
                            OAuth2AuthorizeRequest.withClientRegistrationId(Registration.ID)
                                    .principal(person)
                                    .attribute(HttpServletRequest.class.getName(), request)
                                    .attribute(HttpServletResponse.class.getName(), response)
                                    .build());
            if (client != null && isGood(client.getAccessToken())) {
                return client.getAccessToken();
            }
        } catch (ClientAuthorizationException e) {
            if (!OVER.contains(e.getError().getErrorCode())) {
                LOG.warn("the issuer does not renew a token: {}", e.getMessage());
                throw new ProblemException(
                        HttpStatus.SERVICE_UNAVAILABLE,
                        "ISSUER_AWAY",
                        "The issuer that signs people in does not answer; try again.");
            }
        }
        HttpSession session = request.getSession(false);
        if (session != null) {
            session.invalidate();
        }
        throw new ProblemException(Refusals.unauthenticated());
    }

    /** Where there is no refresh token, it is used until it expires. */
    private static boolean isGood(OAuth2AccessToken token) {
        return token.getExpiresAt() == null || Instant.now().isBefore(token.getExpiresAt());
    }
}
