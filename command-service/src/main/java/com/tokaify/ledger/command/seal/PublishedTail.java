package com.tokaify.ledger.command.seal;

import com.tokaify.ledger.command.kafka.Extent;
import com.tokaify.ledger.events.kafka.Topics;
import com.tokaify.ledger.events.seal.Seal;
import com.tokaify.ledger.events.seal.SealRecords;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/** The last seal on the topic, which is all a publisher has to know to go on. */
final class PublishedTail {
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final int POLLS = 20;
    private static final TopicPartition PARTITION = new TopicPartition(Topics.SEALS, 0);

    private PublishedTail() {}

    /** Empty where nothing was published yet. */
    static Optional<Seal> read(Map<String, Object> client) {
        Map<String, Object> config = new HashMap<>(client);
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        try (Consumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(
                        config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            Extent extent = Extent.of(consumer, List.of(PARTITION)).getFirst();
            return extent.isEmpty() ? Optional.empty() : Optional.of(last(consumer, extent));
        }
    }

    /**
     * Without transactions the last offset is a record.
     *
     * @throws IllegalStateException where Kafka does not give it
     */
    private static Seal last(Consumer<byte[], byte[]> consumer, Extent extent) {
        consumer.assign(List.of(PARTITION));
        consumer.seek(PARTITION, extent.end() - 1);
        for (int i = 0; i < POLLS; i++) {
            @Nullable Seal last = null;
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                last = SealRecords.read(record);
            }
            if (last != null) {
                return last;
            }
        }
        throw new IllegalStateException("Kafka does not give the last record of " + PARTITION);
    }
}
