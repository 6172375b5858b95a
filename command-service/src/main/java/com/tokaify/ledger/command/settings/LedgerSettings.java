package com.tokaify.ledger.command.settings;

import com.tokaify.ledger.events.FieldRules;
import com.tokaify.ledger.events.kafka.Partitioning;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * @param partitions fixed for the life of a ledger
 * @param lanes threads that decide commands; 0 is two for each processor
 * @param laneQueue commands that may wait for each lane before callers are told to come again
 * @param livingAggregates aggregates kept in memory
 * @param snapshotEvery events of a stream after which a snapshot of it is taken
 * @param idempotencyRetention how long answers to requests with an Idempotency-Key are kept
 * @param pepperFile 32 secret bytes, shared with enforcement-service
 * @param apiUrl the address of the LLM API, told in connection strings
 */
@ConfigurationProperties("ledger")
public record LedgerSettings(
        int partitions,
        int lanes,
        int laneQueue,
        long livingAggregates,
        long snapshotEvery,
        Duration idempotencyRetention,
        Path pepperFile,
        URI apiUrl) {
    public LedgerSettings {
        FieldRules.required("LEDGER_PEPPER_FILE", pepperFile);
    }

    /** A file of the settings: to Spring an empty name is no file, and here an empty one. */
    static Path named(@Nullable Path file) {
        return Objects.requireNonNullElse(file, Path.of(""));
    }

    public Partitioning partitioning() {
        return new Partitioning(partitions);
    }

    public int lanesOrDefault() {
        return lanes > 0 ? lanes : 2 * Runtime.getRuntime().availableProcessors();
    }
}
