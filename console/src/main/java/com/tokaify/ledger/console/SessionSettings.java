package com.tokaify.ledger.console;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * How long sessions live.
 *
 * @param idle without anything being done
 * @param longest at all; then the password is asked for again
 */
@ConfigurationProperties("ledger.session")
public record SessionSettings(Duration idle, Duration longest) {

    public SessionSettings {
        if (!idle.isPositive() || longest.compareTo(idle) < 0) {
            throw new IllegalArgumentException(
                    "LEDGER_SESSION_IDLE must be positive and at most LEDGER_SESSION_LONGEST");
        }
    }
}
