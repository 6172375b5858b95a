package com.tokaify.ledger.testkit;

import com.tokaify.ledger.local.LedgerDatabases.Passwords;
import com.tokaify.ledger.local.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;

/** A fresh, empty database for a command-service, with the roles that may enter it. */
public record LedgerDatabase(PostgresServer server, String name, Passwords passwords) {
    public String jdbcUrl() {
        return server.jdbcUrl(name);
    }

    public String ownerPassword() {
        return passwords.owner();
    }

    public String writerPassword() {
        return passwords.writer();
    }

    public String relayPassword() {
        return passwords.relay();
    }

    public String vaultPassword() {
        return passwords.vault();
    }

    public String sealerPassword() {
        return passwords.sealer();
    }

    public String auditorPassword() {
        return passwords.auditor();
    }

    /**
     * A connection that may do anything, for looking behind the service and for injecting faults.
     */
    public Connection superuser() throws SQLException {
        return server.superuser(name);
    }
}
