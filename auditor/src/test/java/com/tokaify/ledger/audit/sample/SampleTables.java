package com.tokaify.ledger.audit.sample;

import com.tokaify.ledger.audit.core.LoggedEvent;
import com.tokaify.ledger.audit.seal.SealedCheckpoint;
import com.tokaify.ledger.audit.seal.SealedRun;
import com.tokaify.ledger.events.codec.EventType;
import com.tokaify.ledger.events.id.StreamId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;

/** Writes samples where command-service and its sealer would have written them. */
public final class SampleTables {
    private static final Path MIGRATIONS =
            Path.of("../command-service/src/main/resources/db/migration");

    private SampleTables() {}

    /** Command-service's tables, by its own migrations. */
    public static void create(Connection superuser) throws SQLException, IOException {
        List<Path> migrations;
        try (Stream<Path> files = Files.list(MIGRATIONS)) {
            migrations = files.filter(file -> file.toString().endsWith(".sql")).sorted().toList();
        }
        try (Statement statement = superuser.createStatement()) {
            for (Path migration : migrations) {
                statement.execute(Files.readString(migration));
            }
        }
    }

    /** In place of whatever was there. */
    public static void fill(Connection superuser, SampleLedger ledger, SampleSeals seals)
            throws SQLException {
        try (Statement statement = superuser.createStatement()) {
            statement.execute(
                    "truncate ledger.event, ledger.partition_head, seal.run, seal.checkpoint");
        }
        events(superuser, ledger);
        heads(superuser, ledger);
        seals(superuser, seals);
    }

    private static void events(Connection superuser, SampleLedger ledger) throws SQLException {
        try (PreparedStatement insert =
                superuser.prepareStatement(
                        """
                        insert into ledger.event
                            (partition, pseq, stream, sequence, type, recorded_at, actor, correlation_id, payload)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?)
                        """)) {
            for (LoggedEvent event : ledger.events()) {
                insert.setInt(1, event.partition());
                insert.setLong(2, event.pseq());
                insert.setObject(3, StreamId.parse(event.stream()).uuid());
                insert.setLong(4, event.sequence());
                insert.setShort(5, EventType.ofCeType(event.type()).code());
                insert.setObject(6, Instant.parse(event.recordedAt()).atOffset(ZoneOffset.UTC));
                insert.setString(7, event.actor());
                insert.setString(8, event.correlationId());
                insert.setBytes(9, event.payload());
                insert.executeUpdate();
            }
        }
    }

    private static void heads(Connection superuser, SampleLedger ledger) throws SQLException {
        try (PreparedStatement insert =
                superuser.prepareStatement("insert into ledger.partition_head values (?, ?)")) {
            for (int partition = 0; partition < SampleLedger.PARTITIONS; partition++) {
                insert.setInt(1, partition);
                insert.setLong(2, ledger.end(partition));
                insert.executeUpdate();
            }
        }
    }

    private static void seals(Connection superuser, SampleSeals seals) throws SQLException {
        try (PreparedStatement insert =
                superuser.prepareStatement("insert into seal.run values (?, ?, ?, ?, ?)")) {
            for (SealedRun run : seals.runList()) {
                insert.setLong(1, run.firstLeaf());
                insert.setInt(2, run.partition());
                insert.setLong(3, run.firstPseq());
                insert.setInt(4, run.count());
                insert.setBytes(5, run.hashes());
                insert.executeUpdate();
            }
        }
        try (PreparedStatement insert =
                superuser.prepareStatement("insert into seal.checkpoint values (?, ?, ?, ?)")) {
            for (SealedCheckpoint checkpoint : seals.checkpointList()) {
                insert.setLong(1, checkpoint.size());
                insert.setBytes(2, checkpoint.root());
                insert.setString(3, checkpoint.note());
                insert.setObject(4, checkpoint.signedAt().atOffset(ZoneOffset.UTC));
                insert.executeUpdate();
            }
        }
    }
}
