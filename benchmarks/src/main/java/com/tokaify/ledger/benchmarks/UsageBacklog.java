package com.tokaify.ledger.benchmarks;

import com.tokaify.ledger.events.Actor;
import com.tokaify.ledger.events.kafka.Partitioning;
import com.tokaify.ledger.events.usage.UsageRecords;
import com.tokaify.ledger.events.usage.UsageReport;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Usage as gateways report it: a backlog on {@code ledger.usage}, written far faster than it can be
 * booked, and the time from then on until command-service, as it runs, has booked the last of it.
 * What is booked while it is still being written does not count. Used by one thread at a time.
 */
final class UsageBacklog implements AutoCloseable {
    private static final String BOOKED = "select sum(next_offset) from ledger.usage_offset";
    private static final Duration POLL = Duration.ofMillis(5);
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final Actor GATEWAY = new Actor(Actor.Kind.GATEWAY, "benchmark");

    private final int reports;
    private final TokenPopulation tokens;
    private final Partitioning partitioning = new Partitioning(LedgerStore.PARTITIONS);
    private final KafkaProducer<byte[], byte[]> producer;
    private final Connection connection;
    private long sent;

    /**
     * @param reports in one backlog
     * @param store in which they are booked
     */
    UsageBacklog(int reports, TokenPopulation tokens, LedgerStore store, String bootstrap)
            throws SQLException {
        this.reports = reports;
        this.tokens = tokens;
        this.connection = store.settings().writer().getConnection();
        this.producer =
                new KafkaProducer<>(
                        Map.of(
                                CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG,
                                bootstrap,
                                ProducerConfig.ACKS_CONFIG,
                                "all",
                                ProducerConfig.COMPRESSION_TYPE_CONFIG,
                                "lz4",
                                ProducerConfig.LINGER_MS_CONFIG,
                                5,
                                ProducerConfig.BATCH_SIZE_CONFIG,
                                1 << 18),
                        new ByteArraySerializer(),
                        new ByteArraySerializer());
    }

    Contestant contestant(Skew skew) {
        return new Contestant(
                "booked from ledger.usage",
                skew,
                Contestant.Kind.PRODUCT,
                0,
                (_, _) -> measure(skew));
    }

    private Measurement measure(Skew skew) throws SQLException {
        write(skew);
        long before = booked();
        Duration cpu = CpuClock.used();
        long start = System.nanoTime();
        long now = before;
        while (now < sent) {
            LockSupport.parkNanos(POLL.toNanos());
            now = booked();
            if (System.nanoTime() - start > LIMIT.toNanos()) {
                throw new IllegalStateException(now + " of " + sent + " reports were booked");
            }
        }
        double seconds = (System.nanoTime() - start) / (double) TimeUnit.SECONDS.toNanos(1);
        return new Measurement(
                sent - before,
                reports,
                seconds,
                Load.seconds(CpuClock.used().minus(cpu)),
                Load.histogram());
    }

    private void write(Skew skew) {
        RandomGenerator random = new SplittableRandom();
        AtomicReference<Exception> failure = new AtomicReference<>();
        for (int i = 0; i < reports; i++) {
            Usage usage = Usage.of(tokens.draw(skew, random), random);
            UsageReport report =
                    new UsageReport(
                            usage.tokenId(),
                            usage.usageId(),
                            usage.amount(),
                            Usage.MODEL,
                            Instant.now(),
                            GATEWAY);
            var _ =
                    producer.send(
                            UsageRecords.write(report, partitioning),
                            (_, e) -> {
                                if (e != null) {
                                    failure.set(e);
                                }
                            });
        }
        producer.flush();
        if (failure.get() != null) {
            throw new IllegalStateException("a report could not be written", failure.get());
        }
        sent += reports;
    }

    /** Up to which report of all that were ever written. Offsets are dense without transactions. */
    private long booked() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(BOOKED)) {
            row.next();
            return row.getLong(1);
        }
    }

    @Override
    public void close() throws SQLException {
        producer.close();
        connection.close();
    }
}
