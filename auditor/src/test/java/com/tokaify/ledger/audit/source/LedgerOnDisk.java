package com.tokaify.ledger.audit.source;

import com.tokaify.ledger.audit.core.LoggedEvent;
import com.tokaify.ledger.events.Actor;
import com.tokaify.ledger.events.Position;
import com.tokaify.ledger.events.StoredEvent;
import com.tokaify.ledger.events.codec.EventType;
import com.tokaify.ledger.events.id.StreamId;
import com.tokaify.ledger.events.kafka.EventRecords;
import com.tokaify.ledger.testkit.LedgerDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Puts events where a ledger has them: into its store, by its own migrations, and on Kafka. */
final class LedgerOnDisk {
    private static final Path MIGRATIONS =
            Path.of("..", "command-service", "src", "main", "resources", "db", "migration");

    private LedgerOnDisk() {}

    /** An event store with so many partitions and nothing in it. */
    static void prepare(LedgerDatabase database, int partitions) throws Exception {
        try (Connection connection = database.superuser();
                Statement statement = connection.createStatement()) {
            statement.execute("set role ledger_owner");
            for (Path migration : migrations()) {
                statement.execute(Files.readString(migration));
            }
            statement.execute("grant usage on schema ledger to ledger_auditor");
            statement.execute(
                    "grant select on ledger.event, ledger.partition_head to ledger_auditor");
            statement.execute(
                    "insert into ledger.partition_head select n, 0 from generate_series(0, "
                            + (partitions - 1)
                            + ") as n");
        }
    }

    private static List<Path> migrations() throws IOException {
        try (Stream<Path> files = Files.list(MIGRATIONS)) {
            return files.sorted(Comparator.comparingInt(LedgerOnDisk::version)).toList();
        }
    }

    private static int version(Path migration) {
        String name = migration.getFileName().toString();
        return Integer.parseInt(name.substring(1, name.indexOf("__")));
    }

    /** Adds events, and moves the heads of their partitions. */
    static void store(LedgerDatabase database, List<LoggedEvent> events) throws SQLException {
        try (Connection connection = database.superuser();
                PreparedStatement row =
                        connection.prepareStatement(
                                """
                                insert into ledger.event (pseq, recorded_at, sequence, stream, partition, type, actor,
                                                          correlation_id, payload)
                                values (?, ?, ?, ?, ?, ?, ?, ?, ?)
                                """);
                PreparedStatement head =
                        connection.prepareStatement(
                                "update ledger.partition_head set pseq = ? where partition = ?")) {
            for (LoggedEvent event : events) {
                row.setLong(1, event.pseq());
                row.setObject(2, OffsetDateTime.ofInstant(at(event), ZoneOffset.UTC));
                row.setLong(3, event.sequence());
                row.setObject(4, StreamId.parse(event.stream()).uuid());
                row.setInt(5, event.partition());
                row.setShort(6, EventType.ofCeType(event.type()).code());
                row.setString(7, event.actor());
                row.setString(8, event.correlationId());
                row.setBytes(9, event.payload());
                row.executeUpdate();
                head.setLong(1, event.pseq());
                head.setInt(2, event.partition());
                head.executeUpdate();
            }
        }
    }

    /** Writes them as the relay does, each lot in a transaction of its own. */
    static void relay(String bootstrap, List<List<LoggedEvent>> lots) {
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(
                        Map.of(
                                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                                bootstrap,
                                ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                                "relay-of-test"),
                        new ByteArraySerializer(),
                        new ByteArraySerializer())) {
            producer.initTransactions();
            for (List<LoggedEvent> lot : lots) {
                producer.beginTransaction();
                lot.forEach(event -> {
                    var _ = producer.send(EventRecords.write(stored(event)));
                });
                producer.commitTransaction();
            }
        }
    }

    private static StoredEvent stored(LoggedEvent event) {
        return new StoredEvent(
                new Position(event.partition(), event.pseq()),
                StreamId.parse(event.stream()),
                event.sequence(),
                EventType.ofCeType(event.type()),
                at(event),
                Actor.parse(event.actor()),
                event.correlationId(),
                event.payload());
    }

    private static Instant at(LoggedEvent event) {
        return Instant.parse(event.recordedAt());
    }

    /** As {@code ledger_auditor}. */
    static Connection auditor(LedgerDatabase database) {
        Properties properties = new Properties();
        properties.setProperty("user", "ledger_auditor");
        properties.setProperty("password", database.auditorPassword());
        try {
            return DriverManager.getConnection(database.jdbcUrl(), properties);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
