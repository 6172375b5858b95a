package com.tokaify.ledger.console.oidc;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizedClientRepository;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2RefreshToken;
import org.springframework.stereotype.Component;

/**
 * Tokens live in the session they were given for and die with it. They alone: Spring's own keeps
 * the client's registration beside them, whose secret has no business in a table, and is another
 * one after a start and at the next instance. What renews them is the registration of here and now.
 */
@Component
final class TokensInSession implements OAuth2AuthorizedClientRepository {
    private static final String ATTRIBUTE = TokensInSession.class.getName();

    private final ClientRegistrationRepository registrations;

    TokensInSession(ClientRegistrationRepository registrations) {
        this.registrations = registrations;
    }

    private record Tokens(
            String person, OAuth2AccessToken access, @Nullable OAuth2RefreshToken refresh)
            implements Serializable {}

    @Override
    // So it is declared; there is one kind of client.
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    public <T extends OAuth2AuthorizedClient> @Nullable T loadAuthorizedClient(
            String registrationId, Authentication person, HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        ClientRegistration registration = registrations.findByRegistrationId(registrationId);
        return registration == null
                        || session == null
                        || !(session.getAttribute(ATTRIBUTE) instanceof Tokens tokens)
                ? null
                : (T)
                        new OAuth2AuthorizedClient(
                                registration, tokens.person(), tokens.access(), tokens.refresh());
    }

    @Override
    public void saveAuthorizedClient(
            OAuth2AuthorizedClient client,
            Authentication person,
            HttpServletRequest request,
            HttpServletResponse response) {
        request.getSession()
                .setAttribute(
                        ATTRIBUTE,
                        new Tokens(
                                client.getPrincipalName(),
                                client.getAccessToken(),
                                client.getRefreshToken()));
    }

    @Override
    public void removeAuthorizedClient(
            String registrationId,
            Authentication person,
            HttpServletRequest request,
            HttpServletResponse response) {
        HttpSession session = request.getSession(false);
        if (session != null) {
            session.removeAttribute(ATTRIBUTE);
        }
    }
}
