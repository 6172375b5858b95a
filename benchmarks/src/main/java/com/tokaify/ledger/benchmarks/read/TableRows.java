package com.tokaify.ledger.benchmarks.read;

import com.tokaify.ledger.service.sql.BinaryRows;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** Rows on their way into one table, some thousands at a time, each time by a COPY of its own. */
final class TableRows {
    private static final int AT_ONCE = 5_000;

    private final PGConnection connection;
    private final String copy;
    private final int fields;
    private final BinaryRows rows = new BinaryRows();
    private int waiting;
    private long written;

    /**
     * @param columns of the table, separated by commas
     */
    TableRows(Connection connection, String table, String columns) throws SQLException {
        this.connection = connection.unwrap(PGConnection.class);
        this.copy = "copy " + table + " (" + columns + ") from stdin (format binary)";
        this.fields = columns.split(",", -1).length;
    }

    /** Where the fields of the next row are put, in the order of the columns. */
    BinaryRows next() throws SQLException {
        if (waiting == AT_ONCE) {
            flush();
        }
        if (waiting == 0) {
            rows.begin();
        }
        waiting++;
        rows.beginRow(fields);
        return rows;
    }

    void flush() throws SQLException {
        if (waiting > 0) {
            rows.end();
            CopyIn in = connection.getCopyAPI().copyIn(copy);
            in.writeToCopy(rows.bytes(), 0, rows.length());
            in.endCopy();
            written += waiting;
            waiting = 0;
        }
    }

    /** Rows that are in the table. */
    long written() {
        return written;
    }
}
