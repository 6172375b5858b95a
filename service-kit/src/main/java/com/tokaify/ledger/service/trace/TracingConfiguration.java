package com.tokaify.ledger.service.trace;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * Sends spans to the collector the settings name, from a thread of its own. A collector that is
 * slow or away costs spans and nothing else: so many wait, and what comes beyond is dropped.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(TracingSettings.class)
public class TracingConfiguration {
    private static final String PATH = "/v1/traces";
    private static final int WAITING_SPANS = 8_192;
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final String ALL_OF_US = "tokaify-ledger";

    @Bean
    Tracing tracing(TracingSettings settings, Environment environment) {
        return settings.endpoint() == null
                ? Tracing.OFF
                : Tracing.to(
                        BatchSpanProcessor.builder(
                                        OtlpHttpSpanExporter.builder()
                                                .setEndpoint(address(settings.endpoint()))
                                                .setTimeout(PATIENCE)
                                                .setRetryPolicy(null) // it would hold up the end
                                                .build())
                                .setMaxQueueSize(WAITING_SPANS)
                                .setScheduleDelay(PAUSE)
                                .build(),
                        settings.sample(),
                        instance(environment));
    }

    private static String address(String endpoint) {
        String base =
                endpoint.endsWith("/") ? endpoint.substring(0, endpoint.length() - 1) : endpoint;
        return base + PATH;
    }

    /** This process among all, by the conventions' names; one whose instances have names, by it. */
    private static Resource instance(Environment environment) {
        return Resource.getDefault()
                .merge(
                        Resource.create(
                                Attributes.of(
                                        AttributeKey.stringKey("service.namespace"),
                                        ALL_OF_US,
                                        AttributeKey.stringKey("service.name"),
                                        environment.getRequiredProperty("spring.application.name"),
                                        AttributeKey.stringKey("service.instance.id"),
                                        Objects.requireNonNullElseGet(
                                                environment.getProperty("ledger.instance-id"),
                                                () -> UUID.randomUUID().toString()))));
    }
}
