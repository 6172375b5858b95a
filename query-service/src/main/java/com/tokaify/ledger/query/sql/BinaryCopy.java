package com.tokaify.ledger.query.sql;

import com.tokaify.ledger.service.sql.BinaryRows;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Writes rows by binary COPY, the quickest way in, in the transaction that the calling thread has
 * open. Any number of threads.
 */
public final class BinaryCopy {
    private final JdbcTemplate template;

    public BinaryCopy(DataSource source) {
        this.template = new JdbcTemplate(source);
    }

    /**
     * @param columns the table and its columns in the order of the fields, as {@code COPY} has them
     * @param rows begun and ended
     */
    public void into(String columns, BinaryRows rows) {
        String copy = "COPY " + columns + " FROM STDIN (FORMAT binary)";
        template.execute(
                (ConnectionCallback<@Nullable Void>) connection -> copy(connection, copy, rows));
    }

    private static @Nullable Void copy(Connection connection, String sql, BinaryRows rows)
            throws SQLException {
        CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(sql);
        try {
            copy.writeToCopy(rows.bytes(), 0, rows.length());
            copy.endCopy();
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
        return null;
    }
}
