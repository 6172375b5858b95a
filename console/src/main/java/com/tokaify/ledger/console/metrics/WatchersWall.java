package com.tokaify.ledger.console.metrics;

import static com.tokaify.ledger.service.access.Role.AUDITOR;
import static com.tokaify.ledger.service.access.Role.OPERATOR;

import com.tokaify.ledger.console.ConsoleSettings;
import com.tokaify.ledger.console.OwnAddress;
import com.tokaify.ledger.console.issuer.IssuerSettings;
import com.tokaify.ledger.console.oidc.OidcSettings;
import com.tokaify.ledger.service.access.AccessRules;
import com.tokaify.ledger.service.access.AccessSettings;
import com.tokaify.ledger.service.access.AccessTokens;
import com.tokaify.ledger.service.access.ResourceServer;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import java.time.Clock;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

/**
 * The wall of the other services, before the one thing here that programs ask: the metrics. Before
 * sessions as well, so that who watches costs no look into the database.
 */
@Configuration(proxyBeanMethods = false)
class WatchersWall {

    @Bean
    AccessTokens watchersTokens(
            ConsoleSettings console,
            OidcSettings oidc,
            IssuerSettings issuer,
            ServerProperties server) {
        return new AccessTokens(
                new AccessSettings(
                        oidc.isEmbedded() ? console.url().toString() : oidc.issuer(),
                        oidc.isEmbedded() ? OwnAddress.of(server) + "/oauth2/jwks" : null,
                        issuer.audience(),
                        oidc.roleClaim(),
                        oidc.accountClaim()),
                Clock.systemUTC());
    }

    @Bean
    FilterRegistrationBean<Filter> wallBeforeMetrics(AccessTokens watchersTokens) {
        FilterRegistrationBean<Filter> wall =
                new FilterRegistrationBean<>(
                        ResourceServer.wallOf(
                                watchersTokens,
                                AccessRules.nobodyElse()
                                        .get("/actuator/prometheus", OPERATOR, AUDITOR)));
        wall.setName("wallBeforeMetrics");
        wall.addUrlPatterns("/actuator/*");
        wall.setOrder(Ordered.HIGHEST_PRECEDENCE + 2);
        wall.setDispatcherTypes(DispatcherType.REQUEST);
        return wall;
    }
}
