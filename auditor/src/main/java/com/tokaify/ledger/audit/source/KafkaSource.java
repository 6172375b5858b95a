package com.tokaify.ledger.audit.source;

import com.tokaify.ledger.events.kafka.Topics;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;

/**
 * {@code ledger.events} on Kafka, read committed, up to where every transaction was over when the
 * source was opened. Belongs to no consumer group and leaves no trace.
 */
public final class KafkaSource implements EventSource {
    private static final Duration POLL = Duration.ofMillis(500);

    /** Offsets before the end among which the last event is looked for first. */
    private static final long TAIL = 64;

    private final String bootstrap;
    private final long[] begins;
    private final long[] endOffsets;
    private final long[] ends;
    private final Queue<Consumer<byte[], byte[]>> idle = new ConcurrentLinkedQueue<>();

    private KafkaSource(String bootstrap, long[] begins, long[] endOffsets) {
        this.bootstrap = bootstrap;
        this.begins = begins;
        this.endOffsets = endOffsets;
        this.ends = new long[endOffsets.length];
    }

    /**
     * @param bootstrap host and port
     * @throws SourceFailed where it cannot be reached, or has no such topic
     */
    public static KafkaSource open(String bootstrap) {
        Consumer<byte[], byte[]> consumer = KafkaReader.open(bootstrap);
        try {
            List<TopicPartition> partitions = partitions(consumer);
            KafkaSource source =
                    new KafkaSource(
                            bootstrap,
                            byPartition(partitions, consumer.beginningOffsets(partitions)),
                            byPartition(partitions, consumer.endOffsets(partitions)));
            source.findEnds(consumer, partitions);
            source.idle.add(consumer);
            return source;
        } catch (KafkaException e) {
            consumer.close();
            throw KafkaReader.failed(e);
        }
    }

    private static List<TopicPartition> partitions(Consumer<byte[], byte[]> consumer) {
        List<PartitionInfo> infos = consumer.partitionsFor(Topics.EVENTS, KafkaReader.PATIENCE);
        if (infos.isEmpty()) {
            throw new SourceFailed("Kafka has no topic " + Topics.EVENTS);
        }
        return infos.stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .sorted(Comparator.comparingInt(TopicPartition::partition))
                .toList();
    }

    private static long[] byPartition(
            List<TopicPartition> partitions, Map<TopicPartition, Long> offsets) {
        return partitions.stream().mapToLong(each -> offsets.getOrDefault(each, 0L)).toArray();
    }

    /**
     * Looks for the last event of each partition, which is somewhere before the end: markers of
     * transactions take offsets too.
     */
    private void findEnds(Consumer<byte[], byte[]> consumer, List<TopicPartition> partitions) {
        List<TopicPartition> left =
                partitions.stream().filter(each -> begins[each.partition()] < end(each)).toList();
        for (long tail = TAIL; !left.isEmpty(); tail *= 16) {
            Map<TopicPartition, Long> from = new HashMap<>();
            for (TopicPartition partition : left) {
                from.put(partition, Math.max(begins[partition.partition()], end(partition) - tail));
            }
            read(consumer, from, event -> raiseEnd(event.partition(), event.pseq()));
            left =
                    left.stream()
                            .filter(each ->
                                    ends[each.partition()] == 0
                                            && from.getOrDefault(each, 0L)
                                                    > begins[each.partition()])
                            .toList();
        }
    }

    private void raiseEnd(int partition, long pseq) {
        ends[partition] = Math.max(ends[partition], pseq);
    }

    /** The first offset behind the source. */
    private long end(TopicPartition partition) {
        return endOffsets[partition.partition()];
    }

    @Override
    public String name() {
        return Topics.EVENTS;
    }

    @Override
    public int partitions() {
        return ends.length;
    }

    /**
     * Twice as many as there are cores: a reader asks for more of its partition only once it has
     * used up what it has, and waits until that has come.
     */
    @Override
    public int readers() {
        return 2 * EventSource.super.readers();
    }

    @Override
    public long end(int partition) {
        return ends[partition];
    }

    /** Every event takes an offset, so the one behind a position is not before it. */
    @Override
    public void read(int partition, long after, Sink sink) {
        Consumer<byte[], byte[]> known = idle.poll();
        Consumer<byte[], byte[]> consumer = known == null ? KafkaReader.open(bootstrap) : known;
        boolean done = false;
        try {
            read(
                    consumer,
                    Map.of(
                            new TopicPartition(Topics.EVENTS, partition),
                            Math.min(begins[partition] + after, endOffsets[partition])),
                    after == 0
                            ? sink
                            : event -> {
                                if (event.pseq() > after) {
                                    sink.accept(event);
                                }
                            });
            done = true;
        } catch (KafkaException e) {
            throw KafkaReader.failed(e);
        } finally {
            if (done) {
                idle.add(consumer);
            } else {
                consumer.close();
            }
        }
    }

    /**
     * Reads partitions to their ends.
     *
     * @param from the offset to begin each at
     */
    private void read(
            Consumer<byte[], byte[]> consumer, Map<TopicPartition, Long> from, Sink sink) {
        RecordedEvents events = new RecordedEvents();
        Set<TopicPartition> left = new HashSet<>(from.keySet());
        left.removeIf(partition -> from.getOrDefault(partition, 0L) >= end(partition));
        consumer.assign(left);
        // One that was assigned before is as it was left, and all are left paused.
        consumer.resume(left);
        left.forEach(partition -> consumer.seek(partition, from.getOrDefault(partition, 0L)));
        long movedAt = System.nanoTime();
        while (!left.isEmpty()) {
            ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
            for (TopicPartition partition : records.partitions()) {
                for (ConsumerRecord<byte[], byte[]> record : records.records(partition)) {
                    if (record.offset() < end(partition)) {
                        sink.accept(events.read(record));
                    }
                }
            }
            List<TopicPartition> done =
                    left.stream()
                            .filter(partition ->
                                    consumer.position(partition, KafkaReader.PATIENCE)
                                            >= end(partition))
                            .toList();
            done.forEach(left::remove);
            consumer.pause(done);
            if (!records.isEmpty() || !done.isEmpty()) {
                movedAt = System.nanoTime();
            } else if (System.nanoTime() - movedAt > KafkaReader.PATIENCE.toNanos()) {
                throw new SourceFailed("Kafka sends nothing more of " + left);
            }
        }
    }

    @Override
    public void close() {
        for (Consumer<byte[], byte[]> each = idle.poll(); each != null; each = idle.poll()) {
            each.close();
        }
    }
}
