package com.tokaify.ledger.service.web;

import jakarta.servlet.DispatcherType;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** For services with answers so long that they may fail half way: see {@link CutShort}. */
@Configuration(proxyBeanMethods = false)
@Import(CutShortAdvice.class)
public class CutShortAnswers {

    @Bean
    FilterRegistrationBean<NoErrorPageInAnswers> noErrorPageInAnswers() {
        FilterRegistrationBean<NoErrorPageInAnswers> registration =
                new FilterRegistrationBean<>(new NoErrorPageInAnswers());
        registration.setDispatcherTypes(DispatcherType.ERROR);
        return registration;
    }
}
