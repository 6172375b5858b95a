package com.tokaify.ledger.service.trace;

import jakarta.servlet.DispatcherType;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

/**
 * A service whose requests have spans, where it traces at all: otherwise nothing stands in their
 * way. Imported by application classes by name, and not by that of enforcement-service, where every
 * filter costs every check.
 */
@Configuration(proxyBeanMethods = false)
public class TracedRequests {

    /** Before who asks for access tokens, since refusals are answers too. */
    @Bean
    @ConditionalOnExpression("!'${ledger.tracing.endpoint:}'.isBlank()")
    FilterRegistrationBean<TraceFilter> traceFilter(Tracing tracing) {
        FilterRegistrationBean<TraceFilter> filter =
                new FilterRegistrationBean<>(new TraceFilter(tracing));
        // Of a service, and of the console: neither probes and metrics nor pages and sign-in.
        filter.addUrlPatterns("/v1/*", "/api/*");
        filter.setDispatcherTypes(DispatcherType.REQUEST);
        filter.setOrder(Ordered.HIGHEST_PRECEDENCE + 1);
        return filter;
    }
}
