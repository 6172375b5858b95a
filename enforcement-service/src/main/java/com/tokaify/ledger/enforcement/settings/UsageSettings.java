package com.tokaify.ledger.enforcement.settings;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;

/**
 * How usage is taken.
 *
 * @param timeout how long Kafka may take to acknowledge a request's reports; then they go to the
 *     spool
 * @param maxInFlight requests that may wait for Kafka at a time; one more gets a 503
 * @param spoolFolder where usage waits while Kafka is away, of this instance alone; null where it
 *     is refused instead
 * @param spoolSize bytes that may wait there; then usage is refused
 * @param pendingTimeout how long reported usage counts as spent without the ledger having booked it
 */
@ConfigurationProperties("ledger.usage")
public record UsageSettings(
        Duration timeout,
        int maxInFlight,
        @Nullable Path spoolFolder,
        DataSize spoolSize,
        Duration pendingTimeout) {
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(1);
    private static final Duration LONGEST_PENDING = Duration.ofHours(24);
    private static final DataSize SMALLEST_SPOOL = DataSize.ofMegabytes(1);

    public UsageSettings {
        if (timeout.compareTo(SHORTEST) < 0 || timeout.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("LEDGER_USAGE_TIMEOUT must be 1s to 60s");
        }
        if (maxInFlight < 1) {
            throw new IllegalArgumentException("LEDGER_USAGE_MAX_IN_FLIGHT must be at least 1");
        }
        if (spoolFolder != null && spoolFolder.toString().isEmpty()) {
            spoolFolder = null;
        }
        if (spoolSize.compareTo(SMALLEST_SPOOL) < 0) {
            throw new IllegalArgumentException("LEDGER_USAGE_SPOOL_SIZE must be at least 1MB");
        }
        if (pendingTimeout.compareTo(SHORTEST) < 0
                || pendingTimeout.compareTo(LONGEST_PENDING) > 0) {
            throw new IllegalArgumentException("LEDGER_USAGE_PENDING_TIMEOUT must be 1s to 24h");
        }
    }
}
