package com.tokaify.ledger.query.audit;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * How much exports may ask of the database that answers everybody else.
 *
 * @param atOnce exports that may run at a time; each holds a connection and one state of the data
 * @param longest how long one may take before it is cut
 */
@ConfigurationProperties("ledger.export")
public record ExportSettings(int atOnce, Duration longest) {

    public ExportSettings {
        if (atOnce < 1) {
            throw new IllegalArgumentException("ledger.export.at-once must be at least 1");
        }
        if (longest.toSeconds() < 1 || longest.toDays() > 1) {
            throw new IllegalArgumentException("ledger.export.longest must be 1s to 1d");
        }
    }
}
