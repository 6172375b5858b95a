package com.tokaify.ledger.testkit;

import com.tokaify.ledger.local.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;

/** A fresh, empty database for a console; its role owns it. */
public record ConsoleDatabase(PostgresServer server, String name, String password) {
    public String jdbcUrl() {
        return server.jdbcUrl(name);
    }

    /** A connection that may do anything, for looking behind the console. */
    public Connection superuser() throws SQLException {
        return server.superuser(name);
    }

    @Override
    public String toString() {
        return jdbcUrl();
    }
}
