package com.tokaify.ledger.query.projection;

import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Opens readers of the topic. They have no group: what was read is known to PostgreSQL alone. */
final class StreamConsumers {
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
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        settings.bootstrap(),
                        ConsumerConfig.CLIENT_ID_CONFIG,
                        clientId,
                        // An aborted relay transaction never happened.
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        "read_committed",
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                        false,
                        // A position the topic no longer has must stop its partition, not move it.
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "none",
                        ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                        false,
                        ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                        settings.maxPollEvents(),
                        ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                        10_000),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }
}
