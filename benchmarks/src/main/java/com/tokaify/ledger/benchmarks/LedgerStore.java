package com.tokaify.ledger.benchmarks;

import com.tokaify.ledger.command.settings.DatabaseSettings;
import com.tokaify.ledger.events.codec.EventType;
import com.tokaify.ledger.local.LedgerDatabases;
import com.tokaify.ledger.local.PostgresServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

/**
 * One ledger's database, and what is asked of it beside the load. The ledger's own partitions lie
 * below {@link #PARTITIONS}, those of the floors above.
 */
public final class LedgerStore {
    public static final int PARTITIONS = 64;

    private static final String URL = "LEDGER_DATABASE_URL";
    private static final String OWNER = "LEDGER_OWNER_PASSWORD";
    private static final String WRITER = "LEDGER_WRITER_PASSWORD";
    private static final String RELAY = "LEDGER_RELAY_PASSWORD";
    private static final String VAULT = "LEDGER_VAULT_PASSWORD";
    private static final String SEALER = "LEDGER_SEALER_PASSWORD";

    private static final String COUNT =
            """
            select count(*) filter (where type = ?), count(*), (select sum(pseq) from ledger.partition_head)
            from ledger.event where partition < ?
            """;

    private final PostgresServer server;
    private final String database;
    private final DatabaseSettings settings;
    private final String auditorPassword;

    LedgerStore(PostgresServer server, String database, LedgerDatabases.Passwords passwords) {
        this.server = server;
        this.database = database;
        this.auditorPassword = passwords.auditor();
        this.settings =
                new DatabaseSettings(
                        server.jdbcUrl(database),
                        passwords.owner(),
                        passwords.writer(),
                        passwords.relay(),
                        passwords.vault(),
                        passwords.sealer());
    }

    public DatabaseSettings settings() {
        return settings;
    }

    /** A connection as the auditor has it. */
    public Connection auditor() throws SQLException {
        return DriverManager.getConnection(
                settings.url(), LedgerDatabases.AUDITOR, auditorPassword);
    }

    /** How many events are under a signed checkpoint. */
    public long sealed() throws SQLException {
        try (Connection connection = auditor();
                Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery(
                                "select coalesce(max(size), 0) from seal.checkpoint")) {
            row.next();
            return row.getLong(1);
        }
    }

    /** How many events there are. */
    long committed() throws SQLException {
        try (Connection connection = auditor();
                Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("select sum(pseq) from ledger.partition_head")) {
            row.next();
            return row.getLong(1);
        }
    }

    /** The settings as a ledger's processes are told them. */
    Map<String, String> environment() {
        return Map.of(
                URL, settings.url(),
                OWNER, settings.ownerPassword(),
                WRITER, settings.writerPassword(),
                RELAY, settings.relayPassword(),
                VAULT, settings.vaultPassword(),
                SEALER, settings.sealerPassword());
    }

    /** What {@link #environment} says. */
    static DatabaseSettings settings(Map<String, String> environment) {
        return new DatabaseSettings(
                environment.getOrDefault(URL, ""),
                environment.getOrDefault(OWNER, ""),
                environment.getOrDefault(WRITER, ""),
                environment.getOrDefault(RELAY, ""),
                environment.getOrDefault(VAULT, ""),
                environment.getOrDefault(SEALER, ""));
    }

    String database() {
        return database;
    }

    /** Vacuums after a load, so that the server does not do it on its own during a measurement. */
    public void settle() throws SQLException {
        try (Connection connection = server.superuser(database);
                Statement statement = connection.createStatement()) {
            statement.execute("vacuum (analyze, freeze) ledger.event");
        }
    }

    /** Lets every measurement begin with the same amount of log behind it. */
    public void checkpoint() throws SQLException {
        try (Connection connection = server.superuser(database);
                Statement statement = connection.createStatement()) {
            statement.execute("checkpoint");
        }
    }

    /**
     * A benchmark that loses events, or counts some that were never stored, must fail.
     *
     * @param acknowledged consumptions callers were told are durable
     */
    void mustHold(long acknowledged) throws SQLException {
        try (Connection connection = server.superuser(database);
                PreparedStatement statement = connection.prepareStatement(COUNT)) {
            statement.setShort(1, EventType.QUOTA_CONSUMED.code());
            statement.setInt(2, PARTITIONS);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                long stored = row.getLong(1);
                long events = row.getLong(2);
                long positions = row.getLong(3);
                if (stored != acknowledged) {
                    throw new IllegalStateException(
                            acknowledged
                                    + " consumptions were acknowledged, "
                                    + stored
                                    + " are stored");
                }
                if (events != positions) {
                    throw new IllegalStateException(
                            positions + " positions were given out, " + events + " are taken");
                }
            }
        }
    }
}
