package com.tokaify.ledger.command;

import com.tokaify.ledger.events.Position;
import com.tokaify.ledger.events.StoredEvent;
import com.tokaify.ledger.events.kafka.CloudEventHeaders;
import com.tokaify.ledger.events.kafka.EventRecords;
import com.tokaify.ledger.events.kafka.Topics;
import com.tokaify.ledger.events.kafka.TraceParent;
import com.tokaify.ledger.testkit.Await;
import com.tokaify.ledger.testkit.LedgerInfrastructure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * A consumer of {@code ledger.events} as anybody could write it: read_committed, from the start.
 */
public final class EventTopic implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<StoredEvent> read = new ArrayList<>();
    private final Map<Position, TraceParent> traces = new HashMap<>();

    public EventTopic() {
        consumer =
                new KafkaConsumer<>(
                        Map.of(
                                "bootstrap.servers",
                                LedgerInfrastructure.get().kafkaBootstrap(),
                                "isolation.level",
                                "read_committed",
                                "enable.auto.commit",
                                false),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer());
        List<TopicPartition> partitions =
                IntStream.range(0, LedgerInstance.PARTITIONS)
                        .mapToObj(partition -> new TopicPartition(Topics.EVENTS, partition))
                        .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** All that has come so far, in order within each partition, once there are so many. */
    public List<StoredEvent> awaitEvents(Duration limit, int count) {
        Await.until(limit, "events on the topic", this::poll, seen -> seen >= count);
        return List.copyOf(read);
    }

    /** Takes all there is: a fast machine writes more than one poll takes between two looks. */
    private int poll() {
        ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
        while (!records.isEmpty()) {
            records.forEach(this::add);
            records = consumer.poll(POLL);
        }
        return read.size();
    }

    private void add(ConsumerRecord<byte[], byte[]> record) {
        StoredEvent event = EventRecords.read(record);
        read.add(event);
        CloudEventHeaders.trace(record.headers())
                .ifPresent(trace -> traces.put(event.position(), trace));
    }

    /** Where in traces those of the events came about that have been read and are traced. */
    public Map<Position, TraceParent> traces() {
        return Map.copyOf(traces);
    }

    /** What is there beyond what was awaited, after looking once more up to the end. */
    public List<StoredEvent> readToEnd() {
        Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
        Await.until(
                Duration.ofSeconds(30),
                "the end of the topic",
                () -> {
                    poll();
                    return ends.entrySet().stream()
                            .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
                });
        return List.copyOf(read);
    }

    @Override
    public void close() {
        consumer.close();
    }
}
