package com.tokaify.ledger.benchmarks.read;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * A table without its indexes, which are made again once it is filled: many times as fast, and with
 * the same rows in the same indexes.
 */
final class BareTable {
    private static final String KEYS =
            """
            select 'alter table ' || quote_ident(conrelid::regclass::text) || ' drop constraint ' || quote_ident(conname),
                   'alter table ' || quote_ident(conrelid::regclass::text) || ' add constraint ' || quote_ident(conname) || ' '
                       || pg_get_constraintdef(oid)
            from pg_constraint where conrelid = cast(? as regclass) and contype = 'p'
            """;
    private static final String INDEXES =
            """
            select 'drop index ' || indexrelid::regclass, pg_get_indexdef(indexrelid)
            from pg_index where indrelid = cast(? as regclass) and not indisprimary
            """;

    private final Connection connection;
    private final List<String> again = new ArrayList<>();

    private BareTable(Connection connection) {
        this.connection = connection;
    }

    static BareTable of(Connection connection, String table) throws SQLException {
        BareTable bare = new BareTable(connection);
        bare.strip(KEYS, table);
        bare.strip(INDEXES, table);
        return bare;
    }

    private void strip(String question, String table) throws SQLException {
        List<String> away = new ArrayList<>();
        try (PreparedStatement asking = connection.prepareStatement(question)) {
            asking.setString(1, table);
            try (ResultSet found = asking.executeQuery()) {
                while (found.next()) {
                    away.add(found.getString(1));
                    again.add(found.getString(2));
                }
            }
        }
        execute(away);
    }

    void restore() throws SQLException {
        execute(again);
    }

    private void execute(List<String> statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String each : statements) {
                statement.execute(each);
            }
        }
    }
}
