package com.tokaify.ledger.enforcement.settings;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * How units are reserved.
 *
 * @param timeout how long a reservation holds where its request does not say
 * @param maxHeld reservations that may be held at a time; one more gets a 503
 */
@ConfigurationProperties("ledger.reservation")
public record ReservationSettings(Duration timeout, int maxHeld) {
    public static final Duration SHORTEST = Duration.ofSeconds(1);
    public static final Duration LONGEST = Duration.ofHours(1);

    public ReservationSettings {
        if (timeout.compareTo(SHORTEST) < 0 || timeout.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("LEDGER_RESERVATION_TIMEOUT must be 1s to 1h");
        }
        if (maxHeld < 1) {
            throw new IllegalArgumentException("LEDGER_RESERVATION_MAX_HELD must be at least 1");
        }
    }
}
