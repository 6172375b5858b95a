package com.tokaify.ledger.benchmarks.audit;

import com.tokaify.ledger.audit.source.KafkaReader;
import com.tokaify.ledger.benchmarks.LedgerStore;
import com.tokaify.ledger.events.kafka.Topics;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
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
                    try (Consumer<byte[], byte[]> consumer = KafkaReader.open(bootstrap)) {
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
