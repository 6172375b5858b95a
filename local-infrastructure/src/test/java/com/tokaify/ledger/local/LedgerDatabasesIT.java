package com.tokaify.ledger.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LedgerDatabasesIT {
    private static final LedgerDatabases.Passwords PASSWORDS =
            new LedgerDatabases.Passwords(
                    "o'wner", "writer", "relay", "vault", "sealer", "auditor", "query");

    @TempDir private static Path temporary;

    private static LocalPostgres postgres;

    @BeforeAll
    static void start() throws Exception {
        postgres =
                LocalPostgres.start(
                        LocalFolder.at(temporary.resolve("ledger")), LoopbackPort.free());
        // Twice: every start of the ledger does it again.
        for (int i = 0; i < 2; i++) {
            LedgerDatabases databases = LedgerDatabases.on(postgres.server(), PASSWORDS);
            databases.ensureLedger("ledger");
            databases.ensureQuery("query");
            databases.ensureConsole("console", "console");
        }
    }

    @AfterAll
    static void stop() throws Exception {
        postgres.stop();
    }

    /** Every role enters its own database. */
    @ParameterizedTest
    @CsvSource({
        "ledger, ledger_owner, \"o'wner\"",
        "ledger, ledger_writer, writer",
        "ledger, ledger_relay, relay",
        "ledger, ledger_vault, vault",
        "ledger, ledger_sealer, sealer",
        "ledger, ledger_auditor, auditor",
        "query, query_service, query",
        "query, ledger_auditor, auditor",
        "console, console, console"
    })
    void letsARoleIntoItsDatabase(String database, String role, String password) throws Exception {
        try (Connection connection = connect(database, role, password.replace("\"", ""))) {
            assertThat(connection.isValid(1)).isTrue();
        }
    }

    /** No role enters a database it has no business in. */
    @ParameterizedTest
    @CsvSource({
        "query, ledger_writer, writer",
        "query, ledger_relay, relay",
        "query, ledger_vault, vault",
        "query, ledger_sealer, sealer",
        "console, ledger_auditor, auditor",
        "postgres, ledger_vault, vault",
        "ledger, query_service, query",
        "postgres, query_service, query",
        "console, query_service, query",
        "ledger, console, console",
        "query, console, console"
    })
    void keepsARoleOutOfOtherDatabases(String database, String role, String password) {
        assertThatThrownBy(() -> connect(database, role, password))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("permission denied for database");
    }

    /** Nobody logs in as a tenant; query-service becomes one on purpose, and nobody else can. */
    @Test
    void onlyQueryServiceBecomesATenant() throws Exception {
        assertThatThrownBy(() -> connect("query", "query_tenant", "query"))
                .isInstanceOf(SQLException.class);
        try (Connection query = connect("query", "query_service", "query")) {
            assertThat(query.createStatement().execute("SET ROLE query_tenant")).isFalse();
            assertThatThrownBy(() -> query.createStatement().execute("CREATE TABLE no (x int)"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("permission denied");
        }
        try (Connection writer = connect("ledger", "ledger_writer", "writer")) {
            assertThatThrownBy(() -> writer.createStatement().execute("SET ROLE query_tenant"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("permission denied to set role");
        }
    }

    /** The owner can migrate its database; the writer cannot make tables before it is let. */
    @Test
    void onlyTheOwnerMakesTables() throws Exception {
        try (Connection owner = connect("ledger", "ledger_owner", "o'wner")) {
            assertThat(owner.createStatement().executeUpdate("CREATE TABLE made (x int)")).isZero();
        }
        try (Connection writer = connect("ledger", "ledger_writer", "writer")) {
            assertThatThrownBy(() -> writer.createStatement().execute("CREATE TABLE no (x int)"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("permission denied for schema public");
        }
    }

    private static Connection connect(String database, String role, String password)
            throws SQLException {
        return DriverManager.getConnection(postgres.server().jdbcUrl(database), role, password);
    }
}
