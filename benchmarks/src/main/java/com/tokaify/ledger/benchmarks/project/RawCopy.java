package com.tokaify.ledger.benchmarks.project;

import com.tokaify.ledger.benchmarks.CpuClock;
import com.tokaify.ledger.benchmarks.Load;
import com.tokaify.ledger.benchmarks.Measurement;
import com.tokaify.ledger.benchmarks.ViewStore;
import com.tokaify.ledger.events.kafka.Topics;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.postgresql.PGConnection;

/**
 * The floor: a consumer set up as query-service's writes every record down as it came, batch by
 * batch, each by COPY in one transaction. What Kafka gives and PostgreSQL takes where nothing is
 * read, looked up or indexed.
 */
final class RawCopy {
    /** As query-service has it by default. */
    private static final int BATCH_EVENTS = 5_000;

    private static final Duration POLL = Duration.ofSeconds(1);

    private RawCopy() {}

    static Measurement measure(ViewStore store, String bootstrap, int events)
            throws IOException, SQLException {
        try (Connection connection = store.connect();
                Consumer<byte[], byte[]> consumer = consumer(bootstrap)) {
            try (Statement statement = connection.createStatement()) {
                statement.execute(RawRows.TABLE);
            }
            connection.setAutoCommit(false);
            PGConnection postgres = connection.unwrap(PGConnection.class);
            RawRows rows = new RawRows();
            Duration cpu = CpuClock.used();
            long start = System.nanoTime();
            int copied = 0;
            while (copied < events) {
                ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
                if (!records.isEmpty()) {
                    rows.begin();
                    for (ConsumerRecord<byte[], byte[]> record : records) {
                        rows.add(record);
                    }
                    rows.copyTo(postgres);
                    connection.commit();
                    copied += records.count();
                }
            }
            double seconds = (System.nanoTime() - start) / (double) TimeUnit.SECONDS.toNanos(1);
            return new Measurement(
                    copied,
                    copied,
                    seconds,
                    Load.seconds(CpuClock.used().minus(cpu)),
                    Load.histogram());
        }
    }

    private static Consumer<byte[], byte[]> consumer(String bootstrap) {
        Consumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(
                        Map.of(
                                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                                bootstrap,
                                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                                "read_committed",
                                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                                false,
                                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                                BATCH_EVENTS),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer());
        List<TopicPartition> partitions =
                consumer.partitionsFor(Topics.EVENTS).stream()
                        .map(each -> new TopicPartition(each.topic(), each.partition()))
                        .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        return consumer;
    }
}
