package com.tokaify.ledger.benchmarks.audit;

import com.tokaify.ledger.benchmarks.LedgerStore;
import com.tokaify.ledger.events.kafka.Topics;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/**
 * The floors: the same bytes, by the same statements and settings and as many threads as the
 * auditor has, and nothing done with them.
 */
final class Floors {
    private static final Duration POLL = Duration.ofMillis(500);

    private Floors() {}

    /** Reads partitions until there are none left. */
    @FunctionalInterface
    private interface Reader {
        long read(AtomicInteger next) throws SQLException;
    }

    /**
     * @param readers how many read at a time
     * @return rows
     */
    static long copy(LedgerStore store, int readers) throws InterruptedException {
        return together(
                readers,
                next -> {
                    try (Connection connection = store.auditor()) {
                        long rows = 0;
                        for (int partition = next.getAndIncrement();
                                partition < LedgerStore.PARTITIONS;
                                partition = next.getAndIncrement()) {
                            CopyOut copy =
                                    connection
                                            .unwrap(PGConnection.class)
                                            .getCopyAPI()
                                            .copyOut(
                                                    """
                                                    copy (select pseq, recorded_at, sequence, stream, type, actor, correlation_id,
                                                                 payload
                                                          from ledger.event where partition = %d order by pseq)
                                                    to stdout (format binary)
                                                    """
                                                            .formatted(partition));
                            while (copy.readFromCopy() != null) {
                                rows++;
                            }
                            rows--; // the end is a message of its own
                        }
                        return rows;
                    }
                });
    }

    /**
     * @param readers how many read at a time
     * @return records
     */
    static long consume(String bootstrap, int readers) throws InterruptedException {
        return together(
                readers,
                next -> {
                    try (Consumer<byte[], byte[]> consumer = consumer(bootstrap)) {
                        long records = 0;
                        for (int number = next.getAndIncrement();
                                number < LedgerStore.PARTITIONS;
                                number = next.getAndIncrement()) {
                            TopicPartition partition = new TopicPartition(Topics.EVENTS, number);
                            List<TopicPartition> only = List.of(partition);
                            consumer.assign(only);
                            consumer.seekToBeginning(only);
                            long end = consumer.endOffsets(only).getOrDefault(partition, 0L);
                            while (consumer.position(partition) < end) {
                                records += consumer.poll(POLL).count();
                            }
                        }
                        return records;
                    }
                });
    }

    private static Consumer<byte[], byte[]> consumer(String bootstrap) {
        return new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrap,
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        "read_committed",
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                        false,
                        ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                        2_000,
                        ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG,
                        5,
                        ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
                        8 * 1024 * 1024,
                        ConsumerConfig.RECEIVE_BUFFER_CONFIG,
                        1024 * 1024),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    private static long together(int readers, Reader reader) throws InterruptedException {
        AtomicInteger next = new AtomicInteger();
        try (ExecutorService threads = Executors.newFixedThreadPool(readers)) {
            List<Future<Long>> reading = new ArrayList<>();
            for (int i = 0; i < readers; i++) {
                reading.add(threads.submit(() -> reader.read(next)));
            }
            long sum = 0;
            for (Future<Long> each : reading) {
                sum += each.get();
            }
            return sum;
        } catch (ExecutionException e) {
            throw new IllegalStateException("a floor could not be read", e);
        }
    }
}
