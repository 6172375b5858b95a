package com.tokaify.ledger.benchmarks.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.tokaify.ledger.benchmarks.LedgerStore;
import com.tokaify.ledger.events.StoredEvent;
import com.tokaify.ledger.service.sql.BinaryRows;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Events in the event store, in the order they are given, as command-service writes them but for
 * the keys of what may be recorded once, which nobody looks up here. One thread.
 */
final class StoreWriter implements AutoCloseable {
    private static final String COPY =
            """
            copy ledger.event (pseq, recorded_at, sequence, stream, partition, type, actor, correlation_id, payload)
            from stdin (format binary)
            """;

    private static final int COLUMNS = 9;
    private static final int ROWS = 20_000;

    private final Connection connection;
    private final BinaryRows rows = new BinaryRows();
    private final long[] heads = new long[LedgerStore.PARTITIONS];
    private int count;

    /**
     * @param connection of the role that writes events; closed with this
     */
    StoreWriter(Connection connection) throws SQLException {
        this.connection = connection;
        connection.setAutoCommit(false);
        rows.begin();
    }

    /**
     * @throws IllegalStateException where it cannot be written
     */
    void add(StoredEvent event) {
        rows.beginRow(COLUMNS);
        rows.putLong(event.position().pseq());
        rows.putInstant(event.recordedAt());
        rows.putLong(event.sequence());
        rows.putUuid(event.stream().uuid());
        rows.putShort((short) event.position().partition());
        rows.putShort(event.type().code());
        rows.putBytes(event.actor().toString().getBytes(UTF_8));
        rows.putBytes(event.correlationId().getBytes(UTF_8));
        rows.putBytes(event.payload());
        heads[event.position().partition()] = event.position().pseq();
        count++;
        if (count == ROWS) {
            flush();
        }
    }

    /** Commits what was added, and how far each partition has come. */
    void flush() {
        try {
            rows.end();
            CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(COPY);
            copy.writeToCopy(rows.bytes(), 0, rows.length());
            copy.endCopy();
            try (PreparedStatement head =
                    connection.prepareStatement(
                            "update ledger.partition_head set pseq = ? where partition = ?")) {
                for (int partition = 0; partition < heads.length; partition++) {
                    head.setLong(1, heads[partition]);
                    head.setInt(2, partition);
                    head.addBatch();
                }
                head.executeBatch();
            }
            connection.commit();
        } catch (SQLException e) {
            throw new IllegalStateException("events could not be written", e);
        }
        rows.begin();
        count = 0;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
