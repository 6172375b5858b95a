package com.tokaify.ledger.service.access;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import java.time.Clock;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.DefaultSecurityFilterChain;
import org.springframework.security.web.FilterChainProxy;
import org.springframework.security.web.access.ExceptionTranslationFilter;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.context.NullSecurityContextRepository;
import org.springframework.security.web.context.SecurityContextHolderFilter;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.security.web.savedrequest.NullRequestCache;
import org.springframework.security.web.util.matcher.AnyRequestMatcher;
import org.springframework.util.StringUtils;

/**
 * A service whose callers show an access token: Spring Security's chain of a resource server, with
 * the four filters it takes and no other. No session, no cookie, so nothing for a forged request to
 * ride on. Imported by application classes by name, beside a bean of {@link AccessRules}.
 *
 * <p>Without an issuer the service is open: there is no chain, and everybody is the local operator.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AccessSettings.class)
public class ResourceServer {
    private static final Logger LOG = LoggerFactory.getLogger(ResourceServer.class);

    private static boolean isOpen(Environment environment) {
        return !StringUtils.hasText(environment.getProperty("ledger.access.issuer"));
    }

    static final class Open implements Condition {
        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            return isOpen(context.getEnvironment());
        }
    }

    static final class Closed implements Condition {
        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            return !isOpen(context.getEnvironment());
        }
    }

    /** Refuses to be open to anybody but this machine. */
    @Bean
    @Conditional(Open.class)
    AccessArgument everybodyIsTheLocalOperator(Clock clock, Environment environment) {
        OpenToTheNetwork.unlessLoopback(environment.getProperty("server.address"));
        LOG.warn(
                "this service is open: without LEDGER_ACCESS_ISSUER whoever reaches it is the"
                        + " operator");
        return new AccessArgument(() -> Access.local(clock.instant()));
    }

    @Bean
    @Conditional(Closed.class)
    AccessTokens accessTokens(AccessSettings settings, Clock clock) {
        return new AccessTokens(settings, clock);
    }

    @Bean
    @Conditional(Closed.class)
    AccessArgument accessOfCallers() {
        return new AccessArgument(Callers::current);
    }

    /** Stands before everything that reads a body, and after what names and bounds requests. */
    @Bean
    @Conditional(Closed.class)
    FilterRegistrationBean<Filter> wall(AccessTokens tokens, AccessRules rules) {
        FilterRegistrationBean<Filter> wall = new FilterRegistrationBean<>(wallOf(tokens, rules));
        wall.setOrder(Ordered.HIGHEST_PRECEDENCE + 2);
        // What was let in is not asked again when it goes on asynchronously, or ends in an error.
        wall.setDispatcherTypes(DispatcherType.REQUEST);
        return wall;
    }

    /** For who puts it before some of its paths only. */
    public static Filter wallOf(AccessTokens tokens, AccessRules rules) {
        Refusals refusals = new Refusals();
        BearerTokenAuthenticationFilter bearer =
                new BearerTokenAuthenticationFilter(Callers.by(tokens), Callers::bearerOf);
        bearer.setSecurityContextRepository(new NullSecurityContextRepository());
        bearer.setAuthenticationEntryPoint(refusals);
        bearer.setAuthenticationFailureHandler(refusals::commence);
        ExceptionTranslationFilter translation =
                new ExceptionTranslationFilter(refusals, new NullRequestCache());
        translation.setAccessDeniedHandler(refusals);
        FilterChainProxy chain =
                new FilterChainProxy(
                        new DefaultSecurityFilterChain(
                                AnyRequestMatcher.INSTANCE,
                                List.of(
                                        new SecurityContextHolderFilter(
                                                new NullSecurityContextRepository()),
                                        translation,
                                        bearer,
                                        new AuthorizationFilter(new Gatekeeper(rules)))));
        chain.setFirewall(firewall());
        chain.setRequestRejectedHandler(refusals);
        return chain;
    }

    /**
     * Names of models are in paths, and may hold whatever is printable. That cannot lead past the
     * table, since it reads paths as the controllers do. Headers and parameters are checked by who
     * reads them, in the words of the field.
     */
    private static StrictHttpFirewall firewall() {
        StrictHttpFirewall firewall = new StrictHttpFirewall();
        firewall.setAllowUrlEncodedSlash(true);
        firewall.setAllowUrlEncodedDoubleSlash(true);
        firewall.setAllowUrlEncodedPercent(true);
        firewall.setAllowSemicolon(true);
        firewall.setAllowBackSlash(true);
        firewall.setAllowedHeaderNames(_ -> true);
        firewall.setAllowedHeaderValues(_ -> true);
        firewall.setAllowedParameterNames(_ -> true);
        firewall.setAllowedParameterValues(_ -> true);
        return firewall;
    }
}
