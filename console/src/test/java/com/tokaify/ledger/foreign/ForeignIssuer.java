package com.tokaify.ledger.foreign;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import com.tokaify.ledger.local.LoopbackPort;
import java.net.URI;
import java.util.Map;
import java.util.Objects;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.server.authorization.client.InMemoryRegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;

/**
 * Somebody else's issuer: an authorization server as Spring Boot makes it, with a login page,
 * people and names of claims of its own. It knows nothing of the console but a client and where to
 * send people back to. No part of the console's packages, so that the console does not find it.
 */
public final class ForeignIssuer implements AutoCloseable {
    public static final String PASSWORD = "password elsewhere";
    public static final String SECRET = "secret of the console elsewhere";
    public static final String ACCOUNT = "acc_01m83sn7z7exbbad962c652dg4";

    private static final Map<String, Map<String, Object>> CLAIMS =
            Map.of(
                    "owen", Map.of("ledger_role", "owner", "ledger_account", ACCOUNT),
                    "nobody", Map.of("groups", "visitors"));

    private final ConfigurableApplicationContext context;
    private final URI address;

    private ForeignIssuer(ConfigurableApplicationContext context, URI address) {
        this.context = context;
        this.address = address;
    }

    /**
     * @param consoles where it sends people back to
     */
    public static ForeignIssuer start(URI consoles) {
        URI address = URI.create("http://127.0.0.1:" + LoopbackPort.free());
        return new ForeignIssuer(
                new SpringApplicationBuilder(Wiring.class)
                        .run(
                                "--spring.config.name=none",
                                "--spring.main.banner-mode=off",
                                "--server.address=127.0.0.1",
                                "--server.port=" + address.getPort(),
                                "--server.servlet.session.cookie.name=foreign",
                                "--test.issuer=" + address,
                                "--test.console=" + consoles,
                                "--spring.autoconfigure.exclude="
                                        + String.join(
                                                ",",
                                                "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
                                                "org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration",
                                                "org.springframework.boot.session.jdbc.autoconfigure.JdbcSessionAutoConfiguration",
                                                "org.springframework.boot.session.autoconfigure.SessionAutoConfiguration")),
                address);
    }

    public URI address() {
        return address;
    }

    @Override
    public void close() {
        context.close();
    }

    @SpringBootConfiguration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Wiring {

        @Bean
        AuthorizationServerSettings issuer(Environment environment) {
            return AuthorizationServerSettings.builder()
                    .issuer(environment.getRequiredProperty("test.issuer"))
                    .build();
        }

        @Bean
        JWKSource<SecurityContext> keys() throws Exception {
            RSAKey key = new RSAKeyGenerator(2048).keyID("foreign").generate();
            return new ImmutableJWKSet<>(new JWKSet(key));
        }

        @Bean
        RegisteredClientRepository clients(Environment environment) {
            return new InMemoryRegisteredClientRepository(
                    RegisteredClient.withId("ledger")
                            .clientId("tokaify")
                            .clientSecret("{noop}" + SECRET)
                            .clientAuthenticationMethod(
                                    ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                            .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
                            .authorizationGrantType(AuthorizationGrantType.REFRESH_TOKEN)
                            .redirectUri(
                                    environment.getRequiredProperty("test.console")
                                            + "/login/oauth2/code/ledger")
                            .scope("openid")
                            .scope("profile")
                            .build());
        }

        @Bean
        UserDetailsService people() {
            return new InMemoryUserDetailsManager(
                    CLAIMS.keySet().stream()
                            .map(name ->
                                    User.withUsername(name).password("{noop}" + PASSWORD).build())
                            .toList());
        }

        @Bean
        OAuth2TokenCustomizer<JwtEncodingContext> claims() {
            return context -> {
                Authentication person = context.getPrincipal();
                CLAIMS.getOrDefault(Objects.requireNonNull(person).getName(), Map.of())
                        .forEach(context.getClaims()::claim);
            };
        }
    }
}
