package com.tokaify.ledger.query.live;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * How much listeners may ask.
 *
 * @param pause between two looks for changes while there are any
 * @param heartbeat silence after which a listener is told that there is nothing
 * @param longest after which a listener has to come back, with an access token that still holds
 * @param maxListeners that may listen at a time
 * @param maxWaiting changes that may wait for slow listeners, all together; about a kilobyte each
 * @param maxReplay events that a listener who comes back may have missed
 */
@ConfigurationProperties("ledger.live")
public record LiveSettings(
        Duration pause,
        Duration heartbeat,
        Duration longest,
        int maxListeners,
        int maxWaiting,
        long maxReplay) {

    public LiveSettings {
        if (!pause.isPositive()) {
            throw new IllegalArgumentException("ledger.live.pause must be positive");
        }
        if (!heartbeat.isPositive()) {
            throw new IllegalArgumentException("ledger.live.heartbeat must be positive");
        }
        if (!longest.isPositive()) {
            throw new IllegalArgumentException("ledger.live.longest must be positive");
        }
        if (maxListeners < 1) {
            throw new IllegalArgumentException("ledger.live.max-listeners must be at least 1");
        }
        if (maxWaiting < 1) {
            throw new IllegalArgumentException("ledger.live.max-waiting must be at least 1");
        }
        if (maxReplay < 0) {
            throw new IllegalArgumentException("ledger.live.max-replay must not be negative");
        }
    }
}
