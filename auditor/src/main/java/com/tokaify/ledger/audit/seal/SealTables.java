package com.tokaify.ledger.audit.seal;

import com.tokaify.ledger.audit.source.SourceFailed;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * {@code seal.run} and {@code seal.checkpoint}, read as {@code ledger_auditor}. They only grow, so
 * that what was there at one moment is told by how long they were; each cursor has a connection of
 * its own and holds a few rows in memory.
 */
public final class SealTables implements SealLog {
    /** A row has the hashes of up to ten thousand leaves. */
    private static final int ROWS_AT_A_TIME = 50;

    private static final String ENDS =
            """
            select coalesce((select first_leaf + count from seal.run order by first_leaf desc limit 1), 0),
                   coalesce((select max(size) from seal.checkpoint), 0)
            """;
    private static final String RUNS =
            "select first_leaf, partition, first_pseq, count, hashes from seal.run";
    private static final String IN_ORDER_OF_LEAVES =
            RUNS + " where first_leaf < ? order by first_leaf";
    private static final String OF_PARTITION =
            RUNS + " where first_leaf < ? and partition = ? order by first_pseq";
    private static final String CHECKPOINTS =
            "select size, root, note, signed_at from seal.checkpoint where size <= ? order by size";

    private final Supplier<Connection> database;
    private final long leaves;
    private final long lastCheckpoint;

    private SealTables(Supplier<Connection> database, long leaves, long lastCheckpoint) {
        this.database = database;
        this.leaves = leaves;
        this.lastCheckpoint = lastCheckpoint;
    }

    /**
     * The log as it is now.
     *
     * @param database gives connections of {@code ledger_auditor}
     * @throws SourceFailed where it cannot be read
     */
    public static SealTables open(Supplier<Connection> database) {
        try (Connection connection = database.get();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(ENDS)) {
            row.next();
            return new SealTables(database, row.getLong(1), row.getLong(2));
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    @Override
    public long leaves() {
        return leaves;
    }

    @Override
    public Cursor<SealedRun> runs() {
        return new Rows<>(IN_ORDER_OF_LEAVES, SealTables::run, leaves);
    }

    @Override
    public Cursor<SealedRun> runs(int partition) {
        return new Rows<>(OF_PARTITION, SealTables::run, leaves, partition);
    }

    @Override
    public Cursor<SealedCheckpoint> checkpoints() {
        return new Rows<>(CHECKPOINTS, SealTables::checkpoint, lastCheckpoint);
    }

    private static SealedRun run(ResultSet row) throws SQLException {
        return new SealedRun(
                row.getLong(1), row.getInt(2), row.getLong(3), row.getInt(4), row.getBytes(5));
    }

    private static SealedCheckpoint checkpoint(ResultSet row) throws SQLException {
        return new SealedCheckpoint(
                row.getLong(1),
                row.getBytes(2),
                row.getString(3),
                row.getObject(4, OffsetDateTime.class).toInstant());
    }

    private static SourceFailed failed(SQLException e) {
        return new SourceFailed("the seals cannot be read: " + e.getMessage(), e);
    }

    @FunctionalInterface
    private interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    private final class Rows<T> implements Cursor<T> {
        private final Connection connection;
        private final ResultSet rows;
        private final RowReader<T> reader;

        Rows(String query, RowReader<T> reader, long... parameters) {
            this.reader = reader;
            try {
                connection = database.get();
                // PostgreSQL's driver gives rows piece by piece within a transaction only.
                connection.setAutoCommit(false);
                PreparedStatement statement = connection.prepareStatement(query);
                statement.setFetchSize(ROWS_AT_A_TIME);
                for (int i = 0; i < parameters.length; i++) {
                    statement.setLong(i + 1, parameters[i]);
                }
                rows = statement.executeQuery();
            } catch (SQLException e) {
                throw failed(e);
            }
        }

        @Override
        public @Nullable T next() {
            try {
                return rows.next() ? reader.read(rows) : null;
            } catch (SQLException e) {
                throw failed(e);
            }
        }

        @Override
        public void close() {
            try {
                connection.close();
            } catch (SQLException e) {
                throw failed(e);
            }
        }
    }
}
