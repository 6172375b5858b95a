package com.tokaify.ledger.audit.seal;

import com.tokaify.ledger.audit.source.KafkaReader;
import com.tokaify.ledger.audit.source.SourceFailed;
import com.tokaify.ledger.events.kafka.Topics;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * {@code ledger.seals} on Kafka, up to where it ended when this was opened: what everybody who
 * follows the log is told of it. One thread.
 */
public final class PublishedSeals implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(500);
    private static final TopicPartition PARTITION = new TopicPartition(Topics.SEALS, 0);
    private static final List<TopicPartition> ONLY = List.of(PARTITION);

    private final Consumer<byte[], byte[]> consumer;
    private final long end;

    private PublishedSeals(Consumer<byte[], byte[]> consumer, long end) {
        this.consumer = consumer;
        this.end = end;
    }

    /**
     * The topic as it is now; one that is not there is an empty one.
     *
     * @param bootstrap host and port
     * @throws SourceFailed where Kafka cannot be reached
     */
    public static PublishedSeals open(String bootstrap) {
        Consumer<byte[], byte[]> consumer = KafkaReader.open(bootstrap);
        try {
            return new PublishedSeals(consumer, end(consumer));
        } catch (KafkaException e) {
            consumer.close();
            throw KafkaReader.failed(e);
        }
    }

    private static long end(Consumer<byte[], byte[]> consumer) {
        return consumer.partitionsFor(Topics.SEALS, KafkaReader.PATIENCE).isEmpty()
                ? 0
                : consumer.endOffsets(ONLY).getOrDefault(PARTITION, 0L);
    }

    /**
     * Gives every record to the sink, in their order.
     *
     * @throws SourceFailed where they cannot be read to the end
     */
    public void read(java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> sink) {
        if (end == 0) {
            return;
        }
        try {
            consumer.assign(ONLY);
            consumer.seekToBeginning(ONLY);
            long movedAt = System.nanoTime();
            while (consumer.position(PARTITION, KafkaReader.PATIENCE) < end) {
                ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
                for (ConsumerRecord<byte[], byte[]> record : records) {
                    if (record.offset() < end) {
                        sink.accept(record);
                    }
                }
                if (!records.isEmpty()) {
                    movedAt = System.nanoTime();
                } else if (System.nanoTime() - movedAt > KafkaReader.PATIENCE.toNanos()) {
                    throw new SourceFailed("Kafka sends nothing more of " + PARTITION);
                }
            }
        } catch (KafkaException e) {
            throw KafkaReader.failed(e);
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
