package com.tokaify.ledger.query.web;

import com.tokaify.ledger.query.projection.StreamProgress;
import com.tokaify.ledger.query.projection.ViewPositions;
import com.tokaify.ledger.service.web.CutShortAnswers;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Puts the {@link PositionGate} before every query, and not before health checks. */
@Configuration(proxyBeanMethods = false)
@Import(CutShortAnswers.class)
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

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(new PositionGate(positions, progress, readYourWrites))
                .addPathPatterns("/v1/**");
        registry.addInterceptor(new NoHead()).addPathPatterns("/v1/live", "/v1/audit/export");
    }
}
