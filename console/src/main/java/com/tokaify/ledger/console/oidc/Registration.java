package com.tokaify.ledger.console.oidc;

import com.tokaify.ledger.console.ConsoleSettings;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.ClientRegistrations;
import org.springframework.security.oauth2.client.registration.InMemoryClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.SupplierClientRegistrationRepository;

/**
 * This console as a client of an issuer that is not its own: found by OIDC discovery, at the first
 * sign-in, so that a start does not depend on the issuer. The embedded one is registered where it
 * is made.
 */
@Configuration(proxyBeanMethods = false)
public class Registration {
    /** The one registration there is. */
    public static final String ID = "ledger";

    /** Where signing in begins. */
    public static final String START = "/oauth2/authorization/" + ID;

    /** Where the issuer sends people back to: fixed, whatever host a request names. */
    public static String redirectUri(ConsoleSettings console) {
        return console.url() + "/login/oauth2/code/" + ID;
    }

    @Bean
    @WithForeignIssuer
    ClientRegistrationRepository foreignIssuer(OidcSettings oidc, ConsoleSettings console) {
        return new SupplierClientRegistrationRepository(
                () -> new InMemoryClientRegistrationRepository(discovered(oidc, console)));
    }

    private static ClientRegistration discovered(OidcSettings oidc, ConsoleSettings console) {
        return ClientRegistrations.fromIssuerLocation(oidc.issuer())
                .registrationId(ID)
                .clientId(oidc.clientId())
                .clientSecret(oidc.clientSecret())
                .redirectUri(redirectUri(console))
                .scope(oidc.scopes())
                .build();
    }
}
