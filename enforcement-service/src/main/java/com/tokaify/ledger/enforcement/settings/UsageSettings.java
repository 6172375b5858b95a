package com.tokaify.ledger.enforcement.settings;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * How usage is taken.
 *
 * @param timeout how long Kafka may take to acknowledge a request's reports
 * @param maxInFlight requests that may wait for Kafka at a time; one more gets a 503
 */
@ConfigurationProperties("ledger.usage")
public record UsageSettings(Duration timeout, int maxInFlight) {
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(1);

    public UsageSettings {
        if (timeout.compareTo(SHORTEST) < 0 || timeout.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("LEDGER_USAGE_TIMEOUT must be 1s to 60s");
        }
        if (maxInFlight < 1) {
            throw new IllegalArgumentException("LEDGER_USAGE_MAX_IN_FLIGHT must be at least 1");
        }
    }
}
