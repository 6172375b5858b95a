package com.tokaify.ledger.query.web;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * @param longestWait how long a query waits for the position its caller has seen
 */
@ConfigurationProperties("ledger.read-your-writes")
public record ReadYourWrites(Duration longestWait) {

    public ReadYourWrites {
        if (longestWait.isNegative()) {
            throw new IllegalArgumentException(
                    "ledger.read-your-writes.longest-wait must not be negative");
        }
    }
}
