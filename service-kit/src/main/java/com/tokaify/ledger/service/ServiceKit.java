package com.tokaify.ledger.service;

import com.tokaify.ledger.service.problem.ProblemAdvice;
import com.tokaify.ledger.service.web.IdsInPaths;
import com.tokaify.ledger.service.web.RequestIdFilter;
import com.tokaify.ledger.service.web.StrictRequestJson;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * Everything a service's edge shares, imported by its application class by name. The settings that
 * go with it are {@code ledger-service.yaml}, imported by each {@code application.yaml}.
 */
@Configuration(proxyBeanMethods = false)
@Import({IdsInPaths.class, ProblemAdvice.class, RequestIdFilter.class, StrictRequestJson.class})
public class ServiceKit {}
