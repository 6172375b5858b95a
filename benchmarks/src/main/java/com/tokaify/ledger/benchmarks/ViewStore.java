package com.tokaify.ledger.benchmarks;

import com.tokaify.ledger.local.LedgerDatabases;
import com.tokaify.ledger.local.PostgresServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** A database for views, or for what they are compared with. */
public record ViewStore(PostgresServer server, String database, String password) {

    String url() {
        return server.jdbcUrl(database);
    }

    /** As query-service connects. */
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(url(), LedgerDatabases.QUERY, password);
    }

    /** Lets every measurement begin with the same amount of log behind it. */
    public void checkpoint() throws SQLException {
        maintain("checkpoint");
    }

    /** Makes room for the next one. Nobody may be connected. */
    public void drop() throws SQLException {
        maintain("drop database " + database);
    }

    private void maintain(String command) throws SQLException {
        try (Connection connection = server.superuser(PostgresServer.MAINTENANCE_DATABASE);
                Statement statement = connection.createStatement()) {
            statement.execute(command);
        }
    }

    @Override
    public String toString() {
        return url();
    }
}
