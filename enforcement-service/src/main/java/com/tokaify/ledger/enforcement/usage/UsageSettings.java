package com.tokaify.ledger.enforcement.usage;

import com.tokaify.ledger.events.Actor;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * How usage is taken.
 *
 * @param instanceId names this instance in the reports it sends
 * @param timeout how long Kafka may take to acknowledge a request's reports
 * @param maxInFlight requests that may wait for Kafka at a time; the next one gets a 503
 */
@ConfigurationProperties("ledger.usage")
public record UsageSettings(String instanceId, Duration timeout, int maxInFlight) {
    public UsageSettings {
        new Actor(Actor.Kind.GATEWAY, instanceId);
        if (timeout.compareTo(Duration.ofSeconds(1)) < 0
                || timeout.compareTo(Duration.ofMinutes(1)) > 0) {
            throw new IllegalArgumentException("LEDGER_USAGE_TIMEOUT must be 1s to 60s");
        }
        if (maxInFlight < 1) {
            throw new IllegalArgumentException("LEDGER_USAGE_MAX_IN_FLIGHT must be at least 1");
        }
    }

    public Actor reporter() {
        return new Actor(Actor.Kind.GATEWAY, instanceId);
    }
}
