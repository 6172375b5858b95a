package com.tokaify.ledger.benchmarks;

import com.tokaify.ledger.command.store.NewEvent;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.Objects;
import javax.sql.DataSource;

/**
 * The floor everybody knows: one row in one transaction by a prepared statement, on a connection of
 * its own. What a ledger without group commit could reach at best, as it neither looks anything up
 * nor decides.
 */
final class InsertClient implements Caller, AutoCloseable {
    private static final String INSERT =
            """
            insert into ledger.event
                (pseq, recorded_at, sequence, stream, once_key, partition, type, actor, correlation_id, payload)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;

    private final FloorRows.Writer rows;
    private final Connection connection;
    private final PreparedStatement insert;

    /**
     * @param writer gives connections of the role that writes events
     */
    InsertClient(DataSource writer, FloorRows.Writer rows) throws SQLException {
        this.rows = rows;
        this.connection = writer.getConnection();
        this.insert = connection.prepareStatement(INSERT);
    }

    @Override
    public int call() throws SQLException {
        NewEvent row = rows.next();
        insert.setLong(1, rows.nextPseq());
        insert.setObject(2, row.context().at().atOffset(ZoneOffset.UTC));
        insert.setLong(3, row.sequence());
        insert.setObject(4, row.stream().uuid());
        insert.setObject(5, Objects.requireNonNull(row.onceKey()).value());
        insert.setShort(6, (short) row.partition());
        insert.setShort(7, row.type().code());
        insert.setString(8, row.context().actor().toString());
        insert.setString(9, row.context().requestId());
        insert.setBytes(10, row.payload());
        return insert.executeUpdate();
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
