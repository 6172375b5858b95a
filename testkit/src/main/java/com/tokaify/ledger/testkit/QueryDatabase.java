package com.tokaify.ledger.testkit;

import com.tokaify.ledger.local.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * A fresh, empty database for a query-service; its role owns it.
 *
 * @param auditorPassword of the role {@code ledger_auditor}, which may enter it
 */
public record QueryDatabase(
        PostgresServer server, String name, String password, String auditorPassword) {
    public String jdbcUrl() {
        return server.jdbcUrl(name);
    }

    /**
     * A connection that may do anything, for looking behind the service and for injecting faults.
     */
    public Connection superuser() throws SQLException {
        return server.superuser(name);
    }

    @Override
    public String toString() {
        return jdbcUrl();
    }
}
