package com.tokaify.ledger.command.relay;

import com.tokaify.ledger.command.kafka.Extent;
import com.tokaify.ledger.events.Position;
import com.tokaify.ledger.events.StoredEvent;
import com.tokaify.ledger.events.kafka.EventRecords;
import com.tokaify.ledger.events.kafka.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The last event relayed to each partition of the topic. The topic is the relay's only position
 * store: what it says is what consumers have, whatever was lost elsewhere.
 *
 * @param last by partition; absent where nothing was relayed yet
 */
record RelayedTail(Map<Integer, StoredEvent> last) {
    private static final Duration POLL = Duration.ofSeconds(1);

    /**
     * Behind the last record may lie transaction markers and aborted records: look back further
     * until one is found.
     */
    private static final long FIRST_WINDOW = 16;

    private static final long WINDOW_GROWTH = 16;

    /** A partition has a transaction that has not ended. */
    static final class Unsettled extends IllegalStateException {
        private static final long serialVersionUID = 1L;

        private final transient TopicPartition partition;

        private Unsettled(TopicPartition partition, long offset) {
            super(partition + " has a transaction at " + offset + " that has not ended");
            this.partition = partition;
        }

        TopicPartition partition() {
            return partition;
        }
    }

    /** The position after which the relay goes on. */
    long pseq(int partition) {
        StoredEvent event = last.get(partition);
        return event == null ? 0 : event.position().pseq();
    }

    /** What is committed at this moment; a relay that runs meanwhile may be ahead of it. */
    static RelayedTail read(Map<String, Object> client, int partitions) {
        try (Consumer<byte[], byte[]> consumer = consumer(client, IsolationLevel.READ_COMMITTED)) {
            return read(consumer, all(partitions));
        }
    }

    /**
     * The same, for who is about to write after it and has fenced everybody else. An event in a
     * transaction that may still be committed would be relayed once more, therefore there must be
     * none.
     *
     * @throws Unsettled where a transaction has not ended yet
     */
    static RelayedTail settled(Map<String, Object> client, int partitions) {
        List<TopicPartition> all = all(partitions);
        Map<TopicPartition, Long> written;
        try (Consumer<byte[], byte[]> consumer =
                consumer(client, IsolationLevel.READ_UNCOMMITTED)) {
            written = consumer.endOffsets(all);
        }
        try (Consumer<byte[], byte[]> consumer = consumer(client, IsolationLevel.READ_COMMITTED)) {
            consumer.endOffsets(all)
                    .forEach((partition, committed) -> {
                        if (!committed.equals(written.get(partition))) {
                            throw new Unsettled(partition, committed);
                        }
                    });
            return read(consumer, all);
        }
    }

    private static List<TopicPartition> all(int partitions) {
        return IntStream.range(0, partitions)
                .mapToObj(partition -> new TopicPartition(Topics.EVENTS, partition))
                .toList();
    }

    private static Consumer<byte[], byte[]> consumer(
            Map<String, Object> client, IsolationLevel isolation) {
        Map<String, Object> config = new HashMap<>(client);
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, isolation.toString());
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        return new KafkaConsumer<>(
                config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private static RelayedTail read(Consumer<byte[], byte[]> consumer, List<TopicPartition> all) {
        Map<Integer, StoredEvent> last = new HashMap<>();
        List<Extent> open = new ArrayList<>(Extent.of(consumer, all));
        open.removeIf(Extent::isEmpty);
        for (long window = FIRST_WINDOW; !open.isEmpty(); window *= WINDOW_GROWTH) {
            consumer.assign(open.stream().map(Extent::partition).toList());
            for (Extent each : open) {
                consumer.seek(each.partition(), Math.max(each.begin(), each.end() - window));
            }
            readToEnd(consumer, open, last);
            long reach = window;
            open.removeIf(each ->
                    last.containsKey(each.partition().partition())
                            || each.end() - reach <= each.begin());
        }
        return new RelayedTail(last);
    }

    private static void readToEnd(
            Consumer<byte[], byte[]> consumer,
            List<Extent> extents,
            Map<Integer, StoredEvent> last) {
        while (extents.stream()
                .anyMatch(each -> consumer.position(each.partition()) < each.end())) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                last.put(record.partition(), EventRecords.read(record));
            }
        }
    }

    /**
     * @throws LedgerContradiction where the store does not hold an event that Kafka has
     */
    void mustBeIn(RelaySource source) {
        Map<Position, String> stored =
                source.idsAt(last.values().stream().map(StoredEvent::position).toList());
        last.forEach((partition, event) -> {
            String id = stored.get(event.position());
            if (!event.id().equals(id)) {
                throw new LedgerContradiction(
                        "Kafka has "
                                + event.id()
                                + " at "
                                + event.position()
                                + ", the event store has "
                                + (id == null ? "nothing" : id)
                                + " there: the store has lost a tail or was restored from a back-up");
            }
        });
    }
}
