package com.tokaify.ledger.console.issuer;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import com.tokaify.ledger.console.ConsoleSettings;
import com.tokaify.ledger.console.OwnAddress;
import com.tokaify.ledger.console.edge.SafeHeaders;
import com.tokaify.ledger.console.edge.SessionAge;
import com.tokaify.ledger.console.oidc.Registration;
import com.tokaify.ledger.console.oidc.WithEmbeddedIssuer;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.OAuth2AuthorizationServerConfiguration;
import org.springframework.security.core.session.SessionRegistry;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.InMemoryClientRegistrationRepository;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.oidc.OidcScopes;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtEncoder;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;
import org.springframework.security.oauth2.server.authorization.JdbcOAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.authentication.ClientSecretAuthenticationProvider;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;
import org.springframework.security.web.context.SecurityContextHolderFilter;
import org.springframework.security.web.savedrequest.NullRequestCache;

/**
 * The OIDC issuer that a ledger brings along: Spring's authorization server, its people in the
 * console's own database. It is an issuer like any other, and the console signs people in there as
 * it would anywhere else; only the way to it is shorter.
 */
@Configuration(proxyBeanMethods = false)
@WithEmbeddedIssuer
class EmbeddedIssuer {

    @Bean
    AuthorizationServerSettings issuerName(ConsoleSettings console) {
        return AuthorizationServerSettings.builder().issuer(console.url().toString()).build();
    }

    @Bean
    JWKSource<SecurityContext> signingKeys(IssuerSettings settings, InstantSource clock) {
        Path file = settings.signingKeyFile();
        if (file == null) {
            throw new IllegalStateException(
                    "LEDGER_SIGNING_KEY_FILE names no file for the keys that sign tokens.");
        }
        JWKSet keys = SigningKeys.in(file, settings.signingKeyLife(), clock.instant());
        return new ImmutableJWKSet<>(keys);
    }

    @Bean
    JwtEncoder signer(JWKSource<SecurityContext> signingKeys) {
        NimbusJwtEncoder encoder = new NimbusJwtEncoder(signingKeys);
        encoder.setJwkSelector(List::getFirst);
        return encoder;
    }

    /** For the issuer's own endpoints that take its tokens. */
    @Bean
    JwtDecoder ownTokens(JWKSource<SecurityContext> signingKeys) {
        return OAuth2AuthorizationServerConfiguration.jwtDecoder(signingKeys);
    }

    @Bean
    OAuth2AuthorizationService authorizations(JdbcOperations jdbc, Clients clients) {
        return new JdbcOAuth2AuthorizationService(jdbc, clients);
    }

    @Bean
    SessionRegistry noSessionRegistry() {
        return new NoSessionRegistry();
    }

    /**
     * The console as the issuer's client. Browsers go to its public address, the console itself
     * goes the short way, whatever stands before both.
     */
    @Bean
    ClientRegistrationRepository consoleAtItsIssuer(
            ConsoleSettings console, Clients clients, ServerProperties server) {
        String here = OwnAddress.of(server);
        return new InMemoryClientRegistrationRepository(
                ClientRegistration.withRegistrationId(Registration.ID)
                        .clientId("console")
                        .clientSecret(clients.consoleSecret())
                        .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
                        .scope(OidcScopes.OPENID)
                        .redirectUri(Registration.redirectUri(console))
                        .issuerUri(console.url().toString())
                        .authorizationUri(console.url() + "/oauth2/authorize")
                        .tokenUri(here + "/oauth2/token")
                        .jwkSetUri(here + "/oauth2/jwks")
                        .userNameAttributeName("sub")
                        .build());
    }

    @Bean
    @Order(1)
    SecurityFilterChain issuerChain(
            HttpSecurity http,
            Clients clients,
            IssuerSession session,
            ConsoleSettings console,
            SessionAge age) {
        http.oauth2AuthorizationServer(server -> {
            http.securityMatcher(server.getEndpointsMatcher());
            server.registeredClientRepository(clients)
                    .oidc(Customizer.withDefaults())
                    .clientAuthentication(authentication ->
                            authentication.authenticationProviders(providers ->
                                    providers.forEach(provider -> {
                                        if (provider
                                                instanceof
                                                ClientSecretAuthenticationProvider secrets) {
                                            secrets.setPasswordEncoder(new SecretDigest());
                                        }
                                    })));
        });
        http.authorizeHttpRequests(requests -> requests.anyRequest().authenticated());
        http.securityContext(context -> context.securityContextRepository(session.contexts()));
        http.addFilterBefore(age, SecurityContextHolderFilter.class);
        http.requestCache(cache -> cache.requestCache(new NullRequestCache()));
        http.headers(new SafeHeaders(console));
        LoginUrlAuthenticationEntryPoint signIn = new LoginUrlAuthenticationEntryPoint("/sign-in");
        signIn.setFavorRelativeUris(true);
        http.exceptionHandling(handling -> handling.authenticationEntryPoint(signIn));
        return http.build();
    }
}
