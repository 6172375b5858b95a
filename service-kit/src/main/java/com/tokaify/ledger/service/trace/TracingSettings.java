package com.tokaify.ledger.service.trace;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Whether requests are traced, and which.
 *
 * @param endpoint the address of a collector that takes OTLP over HTTP; null traces nothing
 * @param sample the part of the requests that are traced where their callers do not say, from 0 to
 *     1
 */
@ConfigurationProperties("ledger.tracing")
public record TracingSettings(@Nullable String endpoint, double sample) {
    public TracingSettings {
        endpoint = endpoint == null || endpoint.isBlank() ? null : endpoint.strip();
        if (endpoint != null && !endpoint.matches("https?://[^/]+.*")) {
            throw new IllegalArgumentException(
                    "LEDGER_OTLP_ENDPOINT must be an address such as http://collector:4318");
        }
        if (!(sample >= 0 && sample <= 1)) {
            throw new IllegalArgumentException("LEDGER_TRACING_SAMPLE must be from 0 to 1");
        }
    }
}
