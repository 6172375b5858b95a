package com.tokaify.ledger.audit.source;

import com.tokaify.ledger.audit.core.LoggedEvent;
import com.tokaify.ledger.events.id.StreamId;
import com.tokaify.ledger.events.kafka.Partitioning;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/**
 * The event store, read as {@code ledger_auditor} by binary COPY. Whatever thread reads whichever
 * partition, all see the store at the moment the source was opened: the first connection exports
 * its snapshot, and the others take it.
 */
public final class StoreSource implements EventSource {
    private static final String PARTITIONS =
            """
            select greatest((select max(partition) from ledger.partition_head),
                            (select max(partition) from ledger.event)) + 1
            """;

    /** A tail that was cut off shows by the head, one that was put on by what there is. */
    private static final String ENDS =
            """
            select number, greatest(coalesce(head.pseq, 0), coalesce(last.pseq, 0))
            from generate_series(0, ? - 1) as number
            left join ledger.partition_head as head on head.partition = number
            cross join lateral (select max(pseq) as pseq from ledger.event where partition = number) as last
            """;

    private final Supplier<Connection> connections;
    private final Connection leader;
    private final String snapshot;
    private final long[] ends;
    private final Queue<Connection> idle = new ConcurrentLinkedQueue<>();

    private StoreSource(
            Supplier<Connection> connections, Connection leader, String snapshot, long[] ends) {
        this.connections = connections;
        this.leader = leader;
        this.snapshot = snapshot;
        this.ends = ends;
    }

    /**
     * @param connections gives connections to the ledger's database, one for each thread that reads
     * @throws SourceFailed where there is none, or it may not be read
     */
    public static StoreSource open(Supplier<Connection> connections) {
        Connection leader = connections.get();
        try {
            begin(leader);
            String snapshot = text(leader, "select pg_export_snapshot()");
            return new StoreSource(connections, leader, snapshot, ends(leader));
        } catch (SQLException e) {
            close(leader);
            throw failed(e);
        }
    }

    private static long[] ends(Connection connection) throws SQLException {
        long[] ends = new long[Integer.parseInt(text(connection, PARTITIONS))];
        try (PreparedStatement statement = connection.prepareStatement(ENDS)) {
            statement.setInt(1, ends.length);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    ends[rows.getInt(1)] = rows.getLong(2);
                }
            }
            return ends;
        }
    }

    @Override
    public String name() {
        return "the event store";
    }

    @Override
    public int partitions() {
        return ends.length;
    }

    @Override
    public long end(int partition) {
        return ends[partition];
    }

    @Override
    public void read(int partition, long after, Sink sink) {
        read(partition, after, ends[partition], sink);
    }

    /** The same, up to a position and no further. */
    public void read(int partition, long after, long last, Sink sink) {
        copy(
                partition,
                "where partition = %d and pseq > %d and pseq <= %d order by pseq"
                        .formatted(partition, after, Math.min(last, ends[partition])),
                sink);
    }

    /** By the index on streams. */
    @Override
    public void readStream(String stream, Sink sink) {
        StreamId id = StreamId.parse(stream);
        int partition = new Partitioning(ends.length).partitionOf(id);
        copy(partition, "where stream = '%s' order by sequence".formatted(id.uuid()), sink);
    }

    private void copy(int partition, String which, Sink sink) {
        Connection connection = connection();
        boolean done = false;
        try {
            StoredRows rows = new StoredRows(partition);
            CopyOut copy =
                    connection
                            .unwrap(PGConnection.class)
                            .getCopyAPI()
                            .copyOut(
                                    "copy (select "
                                            + StoredRows.COLUMNS
                                            + " from ledger.event "
                                            + which
                                            + ") to stdout (format binary)");
            for (byte[] row = copy.readFromCopy(); row != null; row = copy.readFromCopy()) {
                LoggedEvent event = rows.read(row);
                if (event != null) {
                    sink.accept(event);
                }
            }
            done = true;
        } catch (SQLException e) {
            throw failed(e);
        } finally {
            // One in the middle of a copy is of no use to the next.
            if (done) {
                idle.add(connection);
            } else {
                close(connection);
            }
        }
    }

    private Connection connection() {
        Connection known = idle.poll();
        if (known != null) {
            return known;
        }
        Connection connection = connections.get();
        try {
            begin(connection);
            try (Statement statement = connection.createStatement()) {
                statement.execute("set transaction snapshot '" + snapshot + "'");
            }
            return connection;
        } catch (SQLException e) {
            close(connection);
            throw failed(e);
        }
    }

    private static void begin(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    }

    private static String text(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }

    private static SourceFailed failed(SQLException e) {
        return new SourceFailed("the event store cannot be read: " + e.getMessage(), e);
    }

    private static void close(Connection connection) {
        try {
            connection.close();
        } catch (SQLException _) {
            // It is given up either way.
        }
    }

    @Override
    public void close() {
        for (Connection each = idle.poll(); each != null; each = idle.poll()) {
            close(each);
        }
        close(leader);
    }
}
