package com.tokaify.ledger.standalone;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.tokaify.ledger.local.LedgerDatabases;
import com.tokaify.ledger.local.LocalFolder;
import com.tokaify.ledger.local.LocalPostgres;
import com.tokaify.ledger.local.LoopbackPort;
import com.tokaify.ledger.local.PostgresServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** PostgreSQL in a container is what it is as a process: the same settings, roles and databases. */
class ComposedDatabasesIT {
    private static final Map<String, String> PASSWORDS =
            Map.of(
                    LedgerDatabases.OWNER, "LEDGER_OWNER_PASSWORD",
                    LedgerDatabases.WRITER, "LEDGER_WRITER_PASSWORD",
                    LedgerDatabases.RELAY, "LEDGER_RELAY_PASSWORD",
                    LedgerDatabases.VAULT, "LEDGER_VAULT_PASSWORD",
                    LedgerDatabases.SEALER, "LEDGER_SEALER_PASSWORD",
                    LedgerDatabases.AUDITOR, "LEDGER_AUDITOR_PASSWORD",
                    LedgerDatabases.QUERY, "LEDGER_QUERY_PASSWORD",
                    LedgerDatabases.CONSOLE, "LEDGER_CONSOLE_PASSWORD");

    /** Everything of roles, memberships and databases that the ledger decides. */
    private static final String DECIDED =
            """
            select 'role', rolname::text, concat_ws(',', rolsuper, rolinherit, rolcreaterole,
                rolcreatedb, rolcanlogin, rolreplication, rolbypassrls)
            from pg_roles where rolname not like 'pg\\_%'
            union all
            select 'member', concat_ws(' of ', roleid::regrole, member::regrole),
                concat_ws(',', admin_option, inherit_option, set_option)
            from pg_auth_members where member::regrole::text not like 'pg\\_%'
            union all
            select 'database', datname::text, concat_ws(' ', datdba::regrole, datlocprovider,
                datlocale, datcollate, pg_encoding_to_char(encoding),
                array_to_string(array(select unnest(datacl)::text order by 1), ' '))
            from pg_database
            order by 1, 2
            """;

    @TempDir private Path temporary;

    private final int port = LoopbackPort.free();

    /**
     * The file that PostgreSQL's image runs once makes all that ./ledger up makes, and nothing
     * else: doing that again on top changes nothing.
     */
    @Test
    void theFileMakesWhatOneMachineHas() throws Exception {
        LocalPostgres postgres =
                LocalPostgres.start(LocalFolder.at(temporary.resolve("data")), port);
        try {
            PostgresServer server = postgres.server();
            Path secrets = readableSecrets();
            run(server, secrets);
            List<String> made = decided(server);

            LedgerDatabases databases = LedgerDatabases.on(server, passwords(secrets));
            databases.ensureLedger(PostgresChild.LEDGER_DATABASE);
            databases.ensureQuery(PostgresChild.QUERY_DATABASE);
            databases.ensureConsole(
                    PostgresChild.CONSOLE_DATABASE, password(secrets, "LEDGER_CONSOLE_PASSWORD"));
            assertThat(made).isEqualTo(decided(server)).hasSizeGreaterThan(10);
            settingsAreThoseOfTheComposeFiles(server);
        } finally {
            postgres.stop();
        }
    }

    private void run(PostgresServer server, Path secrets) throws Exception {
        String file = Files.readString(ComposeFile.TOP.resolve("ops/postgresql/databases.sql"));
        try (Connection connection = server.superuser(PostgresServer.MAINTENANCE_DATABASE);
                Statement statement = connection.createStatement()) {
            statement.execute("SET ledger.secrets = '" + secrets + "'");
            for (String command : file.split(";\\n\\n", -1)) {
                statement.execute(command);
            }
        }
        for (Map.Entry<String, String> role : PASSWORDS.entrySet()) {
            String database =
                    role.getKey().startsWith("ledger_")
                            ? "ledger"
                            : role.getKey().equals(LedgerDatabases.QUERY) ? "query" : "console";
            try (Connection known =
                    DriverManager.getConnection(
                            server.jdbcUrl(database),
                            role.getKey(),
                            password(secrets, role.getValue()))) {
                assertThat(known.isValid(1)).isTrue();
            }
        }
    }

    private static List<String> decided(PostgresServer server) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Connection connection = server.superuser(PostgresServer.MAINTENANCE_DATABASE);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(DECIDED)) {
            while (row.next()) {
                rows.add(row.getString(1) + " " + row.getString(2) + ": " + row.getString(3));
            }
        }
        return rows;
    }

    private static void settingsAreThoseOfTheComposeFiles(PostgresServer server)
            throws SQLException {
        for (ComposeFile file : ComposeTest.files()) {
            ComposeFile.Service service = file.service("postgresql");
            Iterator<String> command = service.list("command").iterator();
            assertThat(command.next()).isEqualTo("postgres");
            int compared = 0;
            while (command.hasNext()) {
                assertThat(command.next()).isEqualTo("-c");
                String[] setting = command.next().split("=", 2);
                // Ours alone; and the driver gives each session a time zone of its own.
                if (!setting[0].startsWith("ledger.") && !setting[0].equals("timezone")) {
                    assertThat(shown(server, setting[0])).as(setting[0]).isEqualTo(setting[1]);
                    compared++;
                }
            }
            assertThat(compared).isGreaterThan(5);
            assertThat(service.environment().get("POSTGRES_INITDB_ARGS"))
                    .contains("--builtin-locale=C.UTF-8", "--locale=C", "--data-checksums")
                    .contains("--auth=scram-sha-256");
            assertThat(shown(server, "data_checksums")).isEqualTo("on");
        }
    }

    private static String shown(PostgresServer server, String setting) throws SQLException {
        try (Connection connection = server.superuser(PostgresServer.MAINTENANCE_DATABASE);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SHOW " + setting)) {
            row.next();
            return row.getString(1);
        }
    }

    /** As the init service makes them, but where a server that runs as somebody else may read. */
    private Path readableSecrets() throws Exception {
        Path made = temporary.resolve("made");
        MadeSecrets.in(made);
        Path open = Files.createDirectories(temporary.resolve("open"));
        Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxr-xr-x"));
        for (String file : PASSWORDS.values()) {
            Path copy = Files.copy(made.resolve("postgresql/settings/" + file), open.resolve(file));
            Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rw-r--r--"));
        }
        return open;
    }

    private static LedgerDatabases.Passwords passwords(Path secrets) throws Exception {
        return new LedgerDatabases.Passwords(
                password(secrets, "LEDGER_OWNER_PASSWORD"),
                password(secrets, "LEDGER_WRITER_PASSWORD"),
                password(secrets, "LEDGER_RELAY_PASSWORD"),
                password(secrets, "LEDGER_VAULT_PASSWORD"),
                password(secrets, "LEDGER_SEALER_PASSWORD"),
                password(secrets, "LEDGER_AUDITOR_PASSWORD"),
                password(secrets, "LEDGER_QUERY_PASSWORD"));
    }

    private static String password(Path secrets, String file) throws Exception {
        return Files.readString(secrets.resolve(file), US_ASCII);
    }
}
