package com.tokaify.ledger.query.web;

import com.tokaify.ledger.query.projection.StreamProgress;
import com.tokaify.ledger.query.projection.ViewPositions;
import jakarta.servlet.DispatcherType;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Puts the {@link PositionGate} before every query, and not before health checks. */
@Configuration(proxyBeanMethods = false)
class QueryWebConfiguration implements WebMvcConfigurer {
    private final ViewPositions positions;
    private final StreamProgress progress;
    private final ReadYourWrites readYourWrites;

    QueryWebConfiguration(
            ViewPositions positions, StreamProgress progress, ReadYourWrites readYourWrites) {
        this.positions = positions;
        this.progress = progress;
        this.readYourWrites = readYourWrites;
    }

    @Bean
    static FilterRegistrationBean<NoErrorPageInAnswers> noErrorPageInAnswers() {
        FilterRegistrationBean<NoErrorPageInAnswers> registration =
                new FilterRegistrationBean<>(new NoErrorPageInAnswers());
        registration.setDispatcherTypes(DispatcherType.ERROR);
        return registration;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(new PositionGate(positions, progress, readYourWrites))
                .addPathPatterns("/v1/**");
        registry.addInterceptor(new NoHead()).addPathPatterns("/v1/live", "/v1/audit/export");
    }
}
