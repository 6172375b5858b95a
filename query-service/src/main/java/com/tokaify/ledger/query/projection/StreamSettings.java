package com.tokaify.ledger.query.projection;

import com.tokaify.ledger.events.kafka.Partitioning;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where the stream is and how it is read.
 *
 * @param bootstrap Kafka's addresses, {@code host:port} separated by commas
 * @param partitions of the ledger, fixed for its life
 * @param maxBatchEvents the most events one transaction applies
 * @param retryPause between attempts while Kafka's topic or PostgreSQL is away
 */
@ConfigurationProperties("ledger.stream")
public record StreamSettings(
        String bootstrap, int partitions, int maxBatchEvents, Duration retryPause) {
    private static final int POLLS_OF_A_BATCH = 4;

    public StreamSettings {
        if (bootstrap.isBlank()) {
            throw new IllegalArgumentException("ledger.stream.bootstrap must not be empty");
        }
        partitions = new Partitioning(partitions).partitions();
        if (maxBatchEvents < 1 || maxBatchEvents > 100_000) {
            throw new IllegalArgumentException(
                    "ledger.stream.max-batch-events must be 1 to 100000");
        }
        if (!retryPause.isPositive()) {
            throw new IllegalArgumentException("ledger.stream.retry-pause must be positive");
        }
    }

    /**
     * The most events one poll brings; a batch is made of several while the one before is applied.
     */
    int maxPollEvents() {
        return Math.max(1, maxBatchEvents / POLLS_OF_A_BATCH);
    }
}
