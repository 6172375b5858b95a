package com.tokaify.ledger.local;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Makes the ledger's roles and databases on a server, as its superuser; doing it again changes
 * nothing but the passwords, which become the given ones. Who may do what inside a database is
 * decided by the services' own migrations. No database lets in a role it is not meant for.
 */
public final class LedgerDatabases {
    public static final String OWNER = "ledger_owner";
    public static final String WRITER = "ledger_writer";
    public static final String RELAY = "ledger_relay";
    public static final String VAULT = "ledger_vault";

    /** Seals what is recorded: reads events, adds to the log of seals. */
    public static final String SEALER = "ledger_sealer";

    /** Reads events, seals and views, and can change nothing anywhere. */
    public static final String AUDITOR = "ledger_auditor";

    public static final String QUERY = "query_service";
    public static final String CONSOLE = "console";

    /** What query-service becomes while it answers for one account; nobody logs in as it. */
    public static final String TENANT = "query_tenant";

    /** The roles' passwords. */
    public record Passwords(
            String owner,
            String writer,
            String relay,
            String vault,
            String sealer,
            String auditor,
            String query) {
        @Override
        public String toString() {
            return "[hidden]";
        }
    }

    private final PostgresServer server;

    private LedgerDatabases(PostgresServer server) {
        this.server = server;
    }

    /** Makes sure of the roles and their passwords. */
    public static LedgerDatabases on(PostgresServer server, Passwords passwords)
            throws SQLException {
        try (Connection connection = server.superuser(PostgresServer.MAINTENANCE_DATABASE)) {
            ensureRole(connection, OWNER, passwords.owner());
            ensureRole(connection, WRITER, passwords.writer());
            ensureRole(connection, RELAY, passwords.relay());
            ensureRole(connection, VAULT, passwords.vault());
            ensureRole(connection, SEALER, passwords.sealer());
            ensureRole(connection, AUDITOR, passwords.auditor());
            ensureRole(connection, QUERY, passwords.query());
            ensureTenant(connection);
            // Every role may enter this one unless told otherwise; none has business there.
            closeToOthers(connection, PostgresServer.MAINTENANCE_DATABASE);
        }
        return new LedgerDatabases(server);
    }

    /** Makes sure of a database for command-service. */
    public void ensureLedger(String database) throws SQLException {
        ensureDatabase(database, OWNER, WRITER, RELAY, VAULT, SEALER, AUDITOR);
    }

    /** Makes sure of a database for query-service. */
    public void ensureQuery(String database) throws SQLException {
        ensureDatabase(database, QUERY, AUDITOR);
    }

    /** Makes sure of a database for the console, and of its role: not every ledger has one. */
    public void ensureConsole(String database, String password) throws SQLException {
        try (Connection connection = server.superuser(PostgresServer.MAINTENANCE_DATABASE)) {
            ensureRole(connection, CONSOLE, password);
        }
        ensureDatabase(database, CONSOLE);
    }

    private void ensureDatabase(String database, String owner, String... guests)
            throws SQLException {
        try (Connection connection = server.superuser(PostgresServer.MAINTENANCE_DATABASE)) {
            if (!exists(connection, "SELECT 1 FROM pg_database WHERE datname = ?", database)) {
                run(
                        connection,
                        "SELECT format('CREATE DATABASE %I OWNER %I', ?, ?)",
                        database,
                        owner);
            }
            closeToOthers(connection, database);
            for (String guest : guests) {
                run(
                        connection,
                        "SELECT format('GRANT CONNECT ON DATABASE %I TO %I', ?, ?)",
                        database,
                        guest);
            }
        }
    }

    private static void ensureRole(Connection connection, String role, String password)
            throws SQLException {
        if (!exists(connection, "SELECT 1 FROM pg_roles WHERE rolname = ?", role)) {
            run(connection, "SELECT format('CREATE ROLE %I LOGIN', ?)", role);
        }
        run(connection, "SELECT format('ALTER ROLE %I PASSWORD %L', ?, ?)", role, password);
    }

    /** Entered on purpose only: what it may do is not added to what query-service may. */
    private static void ensureTenant(Connection connection) throws SQLException {
        if (!exists(connection, "SELECT 1 FROM pg_roles WHERE rolname = ?", TENANT)) {
            run(connection, "SELECT format('CREATE ROLE %I NOLOGIN', ?)", TENANT);
        }
        run(
                connection,
                "SELECT format('GRANT %I TO %I WITH INHERIT FALSE, SET TRUE', ?, ?)",
                TENANT,
                QUERY);
    }

    private static void closeToOthers(Connection connection, String database) throws SQLException {
        run(
                connection,
                "SELECT format('REVOKE CONNECT, TEMPORARY ON DATABASE %I FROM PUBLIC', ?)",
                database);
    }

    private static boolean exists(Connection connection, String query, String name)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setString(1, name);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next();
            }
        }
    }

    /** Such statements take no parameters: the server itself puts the values in, quoted. */
    private static void run(Connection connection, String format, String... values)
            throws SQLException {
        String command;
        try (PreparedStatement statement = connection.prepareStatement(format)) {
            for (int i = 0; i < values.length; i++) {
                statement.setString(i + 1, values[i]);
            }
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                command = row.getString(1);
            }
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute(command);
        }
    }
}
