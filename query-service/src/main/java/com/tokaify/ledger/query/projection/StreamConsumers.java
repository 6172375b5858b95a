package com.tokaify.ledger.query.projection;

import static java.util.Map.entry;

import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Opens readers of the topic. They have no group: what was read is known to PostgreSQL alone. */
final class StreamConsumers {
    private static final int STRETCH_BYTES = 8 << 20;

    /** Held in memory once, and once more while the next ones come. */
    private static final int FETCH_BYTES = 16 << 20;

    private final StreamSettings settings;
    private final String clientId;

    /**
     * @param clientId what the brokers call them
     */
    StreamConsumers(StreamSettings settings, String clientId) {
        this.settings = settings;
        this.clientId = clientId;
    }

    Consumer<byte[], byte[]> open() {
        return new KafkaConsumer<>(
                Map.ofEntries(
                        entry(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrap()),
                        entry(ConsumerConfig.CLIENT_ID_CONFIG, clientId),
                        // An aborted relay transaction never happened.
                        entry(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed"),
                        entry(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false),
                        // A position the topic no longer has must stop its partition, not move it.
                        entry(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none"),
                        entry(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false),
                        entry(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, settings.maxPollEvents()),
                        // A backlog is read a long stretch of a partition at a time: the same
                        // tokens come again and again, and are written once a batch.
                        entry(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, STRETCH_BYTES),
                        entry(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCH_BYTES),
                        entry(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 10_000)),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }
}
