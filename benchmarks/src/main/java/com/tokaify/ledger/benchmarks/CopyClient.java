package com.tokaify.ledger.benchmarks;

import com.tokaify.ledger.command.store.CopyBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * The floor of a group commit: many rows in one transaction by binary COPY, on one connection. What
 * PostgreSQL takes in when nothing is looked up, decided, or told to anybody.
 */
final class CopyClient implements Caller, AutoCloseable {
    private final FloorRows.Writer rows;
    private final int rowsPerTransaction;
    private final Connection connection;
    private final CopyBuffer buffer = new CopyBuffer();

    /**
     * @param writer gives connections of the role that writes events
     */
    CopyClient(DataSource writer, FloorRows.Writer rows, int rowsPerTransaction)
            throws SQLException {
        this.rows = rows;
        this.rowsPerTransaction = rowsPerTransaction;
        this.connection = writer.getConnection();
        this.connection.setAutoCommit(false);
    }

    Contestant contestant() {
        return Contestant.of(
                "floor: COPY, " + rowsPerTransaction + " rows a transaction",
                Skew.ZIPF,
                Contestant.Kind.COPY_FLOOR,
                List.of(this));
    }

    @Override
    public int call() throws SQLException {
        buffer.begin();
        for (int i = 0; i < rowsPerTransaction; i++) {
            buffer.add(rows.nextPseq(), rows.next());
        }
        CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(CopyBuffer.COPY);
        buffer.writeTo(copy);
        long written = copy.endCopy();
        connection.commit();
        return Math.toIntExact(written);
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
