package com.tokaify.ledger.service;

import com.tokaify.ledger.service.problem.ProblemAdvice;
import com.tokaify.ledger.service.trace.TracingConfiguration;
import com.tokaify.ledger.service.web.IdsInPaths;
import com.tokaify.ledger.service.web.RequestIdFilter;
import com.tokaify.ledger.service.web.RequestLimitFilter;
import com.tokaify.ledger.service.web.RequestLimits;
import com.tokaify.ledger.service.web.StrictRequestJson;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * Everything a service's edge shares, imported by its application class by name. The settings that
 * go with it are {@code ledger-service.yaml}, imported by each {@code application.yaml}.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(RequestLimits.class)
@Import({
    IdsInPaths.class,
    ProblemAdvice.class,
    RequestIdFilter.class,
    RequestLimitFilter.class,
    StrictRequestJson.class,
    TracingConfiguration.class
})
public class ServiceKit {}
