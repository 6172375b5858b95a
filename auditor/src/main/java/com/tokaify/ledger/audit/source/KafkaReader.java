package com.tokaify.ledger.audit.source;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Kafka as an auditor reads it: what is committed, in no consumer group, leaving no trace. */
public final class KafkaReader {
    /** How long Kafka may take to send anything. */
    public static final Duration PATIENCE = Duration.ofSeconds(30);

    private KafkaReader() {}

    /**
     * @param bootstrap host and port
     * @throws SourceFailed where that is no address
     */
    public static Consumer<byte[], byte[]> open(String bootstrap) {
        try {
            return new KafkaConsumer<>(
                    Map.of(
                            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                            bootstrap,
                            ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                            "read_committed",
                            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                            false,
                            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                            "none",
                            ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                            false,
                            // Still in the processor's cache when it is taken apart.
                            ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                            2_000,
                            // One partition at a time, in few and large answers.
                            ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
                            8 * 1024 * 1024,
                            // A partition that was read to its end must not keep the next waiting.
                            ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG,
                            5,
                            ConsumerConfig.RECEIVE_BUFFER_CONFIG,
                            1024 * 1024,
                            ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                            (int) PATIENCE.toMillis()),
                    new ByteArrayDeserializer(),
                    new ByteArrayDeserializer());
        } catch (KafkaException e) {
            throw failed(e);
        }
    }

    public static SourceFailed failed(KafkaException e) {
        return new SourceFailed("Kafka cannot be read: " + e.getMessage(), e);
    }
}
