package com.tokaify.ledger.enforcement;

import static com.tokaify.ledger.service.access.Role.AUDITOR;
import static com.tokaify.ledger.service.access.Role.GATEWAY;
import static com.tokaify.ledger.service.access.Role.OPERATOR;
import static com.tokaify.ledger.service.access.Role.OWNER;

import com.tokaify.ledger.enforcement.access.Callers;
import com.tokaify.ledger.enforcement.access.Doors;
import com.tokaify.ledger.enforcement.access.GatewayKeys;
import com.tokaify.ledger.enforcement.access.KnownCallers;
import com.tokaify.ledger.enforcement.access.MvcWall;
import com.tokaify.ledger.enforcement.settings.GatewaySettings;
import com.tokaify.ledger.enforcement.settings.GrpcSettings;
import com.tokaify.ledger.enforcement.settings.LedgerSettings;
import com.tokaify.ledger.service.access.Access;
import com.tokaify.ledger.service.access.AccessRules;
import com.tokaify.ledger.service.access.AccessSettings;
import com.tokaify.ledger.service.access.AccessTokens;
import com.tokaify.ledger.service.access.OpenToTheNetwork;
import com.tokaify.ledger.service.access.Scope;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;

/** Who may ask. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AccessSettings.class)
class AccessWiring {
    private static final Logger LOG = LoggerFactory.getLogger(AccessWiring.class);

    /**
     * An owner may have the own tokens diagnosed; an auditor reads. The hook takes any method, at
     * any path below it.
     */
    @Bean
    AccessRules accessRules() {
        return AccessRules.nobodyElse()
                .get("/authz", OPERATOR, GATEWAY)
                .post("/v1/verify", OPERATOR, GATEWAY)
                .post("/v1/reservations", OPERATOR, GATEWAY)
                .post("/v1/reservations/{id}/settle", OPERATOR, GATEWAY)
                .post("/v1/reservations/{id}/release", OPERATOR, GATEWAY)
                .post("/v1/usage", OPERATOR, GATEWAY)
                .post("/v1/diagnose", OPERATOR, OWNER, AUDITOR, GATEWAY)
                .get("/v1/view", OPERATOR, AUDITOR, GATEWAY)
                .get("/actuator/prometheus", OPERATOR, AUDITOR, GATEWAY);
    }

    @Bean
    @ConditionalOnExpression("!'${ledger.access.issuer:}'.isBlank()")
    AccessTokens accessTokens(AccessSettings access, Clock clock) {
        return new AccessTokens(access, clock);
    }

    /** Without an issuer and without keys the service is open, to this machine alone. */
    @Bean
    Callers callers(
            GatewaySettings gateways,
            ObjectProvider<AccessTokens> issuer,
            LedgerSettings ledger,
            GrpcSettings grpc,
            Environment environment) {
        GatewayKeys keys = gateways.known();
        AccessTokens tokens = issuer.getIfAvailable();
        if (tokens != null) {
            return new KnownCallers(keys, tokens::accessOf);
        }
        if (!keys.isEmpty()) {
            return new KnownCallers(keys, null);
        }
        OpenToTheNetwork.unlessLoopback(environment.getProperty("server.address"));
        OpenToTheNetwork.unlessLoopback(grpc.address().getHostAddress());
        LOG.warn(
                "this service is open: without LEDGER_ACCESS_ISSUER and LEDGER_GATEWAY_KEYS whoever"
                        + " reaches it may ask of every token");
        return Callers.open(
                new Access(ledger.reporter(), OPERATOR, new Scope.EveryAccount(), null));
    }

    @Bean
    Doors doors(Callers callers, AccessRules rules) {
        return new Doors(callers, rules);
    }

    @Bean
    FilterRegistrationBean<MvcWall> mvcWall(Callers callers, AccessRules rules) {
        FilterRegistrationBean<MvcWall> wall =
                new FilterRegistrationBean<>(new MvcWall(callers, rules));
        wall.addServletNames(
                DispatcherServletAutoConfiguration.DEFAULT_DISPATCHER_SERVLET_BEAN_NAME);
        wall.setOrder(Ordered.HIGHEST_PRECEDENCE + 2);
        return wall;
    }
}
