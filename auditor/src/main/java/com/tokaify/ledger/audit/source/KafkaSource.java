package com.tokaify.ledger.audit.source;

import com.tokaify.ledger.audit.core.LoggedEvent;
import com.tokaify.ledger.events.kafka.Topics;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * {@code ledger.events} on Kafka, read committed, up to where every transaction was over when the
 * source was opened. Belongs to no consumer group and leaves no trace.
 */
public final class KafkaSource implements EventSource {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
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
        Consumer<byte[], byte[]> consumer = consumer(bootstrap);
        try {
            List<TopicPartition> partitions = partitions(consumer);
            KafkaSource source =
                    new KafkaSource(
                            bootstrap,
                            byPartition(partitions, consumer.beginningOffsets(partitions)),
                            byPartition(partitions, consumer.endOffsets(partitions)));
            for (TopicPartition partition : partitions) {
                source.ends[partition.partition()] = source.lastPosition(consumer, partition);
            }
            source.idle.add(consumer);
            return source;
        } catch (KafkaException e) {
            consumer.close();
            throw failed(e);
        }
    }

    private static List<TopicPartition> partitions(Consumer<byte[], byte[]> consumer) {
        List<PartitionInfo> infos = consumer.partitionsFor(Topics.EVENTS, PATIENCE);
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

    /** Markers of transactions take offsets too, so the last event is somewhere before the end. */
    private long lastPosition(Consumer<byte[], byte[]> consumer, TopicPartition partition) {
        long begin = begins[partition.partition()];
        long end = endOffsets[partition.partition()];
        for (long tail = TAIL; ; tail *= 16) {
            long from = Math.max(begin, end - tail);
            LastSeen last = new LastSeen();
            read(consumer, partition, from, last);
            if (last.pseq > 0 || from == begin) {
                return last.pseq;
            }
        }
    }

    private static final class LastSeen implements Sink {
        private long pseq;

        @Override
        public void accept(LoggedEvent event) {
            pseq = event.pseq();
        }
    }

    @Override
    public String name() {
        return Topics.EVENTS;
    }

    @Override
    public int partitions() {
        return ends.length;
    }

    @Override
    public long end(int partition) {
        return ends[partition];
    }

    /** Every event takes an offset, so the one behind a position is not before it. */
    @Override
    public void read(int partition, long after, Sink sink) {
        Consumer<byte[], byte[]> known = idle.poll();
        Consumer<byte[], byte[]> consumer = known == null ? consumer(bootstrap) : known;
        boolean done = false;
        try {
            read(
                    consumer,
                    new TopicPartition(Topics.EVENTS, partition),
                    Math.min(begins[partition] + after, endOffsets[partition]),
                    after == 0
                            ? sink
                            : event -> {
                                if (event.pseq() > after) {
                                    sink.accept(event);
                                }
                            });
            done = true;
        } catch (KafkaException e) {
            throw failed(e);
        } finally {
            if (done) {
                idle.add(consumer);
            } else {
                consumer.close();
            }
        }
    }

    private void read(
            Consumer<byte[], byte[]> consumer, TopicPartition partition, long from, Sink sink) {
        long end = endOffsets[partition.partition()];
        RecordedEvents events = new RecordedEvents();
        consumer.assign(List.of(partition));
        consumer.seek(partition, from);
        long position = from;
        long movedAt = System.nanoTime();
        while (position < end) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL).records(partition)) {
                if (record.offset() >= end) {
                    return;
                }
                sink.accept(events.read(record));
            }
            long now = consumer.position(partition, PATIENCE);
            if (now > position) {
                position = now;
                movedAt = System.nanoTime();
            } else if (System.nanoTime() - movedAt > PATIENCE.toNanos()) {
                throw new SourceFailed(
                        "Kafka sends nothing of " + partition + " behind offset " + position);
            }
        }
    }

    private static Consumer<byte[], byte[]> consumer(String bootstrap) {
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
                            // One partition at a time, in few and large answers.
                            ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                            20_000,
                            ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
                            8 * 1024 * 1024,
                            ConsumerConfig.FETCH_MIN_BYTES_CONFIG,
                            1,
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

    private static SourceFailed failed(KafkaException e) {
        return new SourceFailed("Kafka cannot be read: " + e.getMessage(), e);
    }

    @Override
    public void close() {
        for (Consumer<byte[], byte[]> each = idle.poll(); each != null; each = idle.poll()) {
            each.close();
        }
    }
}
