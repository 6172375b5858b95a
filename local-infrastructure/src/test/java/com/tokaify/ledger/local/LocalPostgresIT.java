package com.tokaify.ledger.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalPostgresIT {
    @TempDir private Path temporary;

    private LocalFolder folder;
    private int port;
    private Optional<LocalPostgres> running = Optional.empty();

    @BeforeEach
    void choosePlace() throws Exception {
        folder = LocalFolder.at(temporary.resolve("ledger"));
        port = LoopbackPort.free();
    }

    @AfterEach
    void stop() throws Exception {
        if (running.isPresent()) {
            running.get().stop();
        }
    }

    private LocalPostgres start() throws Exception {
        LocalPostgres postgres = LocalPostgres.start(folder, port);
        running = Optional.of(postgres);
        return postgres;
    }

    /** What a commit has promised is on disk; the server cannot be configured otherwise. */
    @Test
    void isDurableEvenWhenToldOtherwise() throws Exception {
        PostgresServer server = start().server();
        List<String> settings = List.of("fsync", "synchronous_commit", "full_page_writes");
        for (String setting : settings) {
            run(server, "ALTER SYSTEM SET " + setting + " = off");
        }
        run(server, "SELECT pg_reload_conf()");
        for (String setting : settings) {
            assertThat(one(server, "SHOW " + setting)).as(setting).isEqualTo("on");
        }
        assertThat(one(server, "SHOW data_checksums")).isEqualTo("on");
    }

    /**
     * A clean stop and a start keep the data, and the password stays readable by its owner only.
     */
    @Test
    void keepsItsDataAcrossRestarts() throws Exception {
        LocalPostgres first = start();
        run(first.server(), "CREATE TABLE kept AS SELECT 42 AS answer");
        assertThat(first.stop()).as("stopped in good order").isTrue();

        LocalPostgres second = start();

        assertThat(one(second.server(), "SELECT answer FROM kept")).isEqualTo("42");
        assertThat(second.server()).isEqualTo(first.server());
        assertThat(Files.getPosixFilePermissions(folder.data("postgresql.superuser-password")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    /** A stop does not wait for clients that stay connected. */
    @Test
    void stopsWhileAClientIsConnected() throws Exception {
        LocalPostgres postgres = start();
        try (Connection client = postgres.server().superuser("postgres")) {
            assertThat(client.isValid(1)).isTrue();
            assertThat(postgres.stop()).as("stopped in good order").isTrue();
        }
    }

    /** A committed row survives kill -9 at once after the commit, on the same port and folder. */
    @Test
    void recoversFromKill() throws Exception {
        LocalPostgres first = start();
        run(first.server(), "CREATE TABLE kept (answer int)");
        for (int i = 0; i < 100; i++) {
            run(first.server(), "INSERT INTO kept VALUES (" + i + ")");
        }
        first.process().kill();

        LocalPostgres second = start();

        assertThat(one(second.server(), "SELECT count(*) FROM kept")).isEqualTo("100");
    }

    /** Nobody enters without the password, not even from this machine. */
    @Test
    void refusesAWrongPassword() throws Exception {
        PostgresServer server = start().server();
        assertThatThrownBy(() ->
                        DriverManager.getConnection(
                                server.jdbcUrl("postgres"), "postgres", "wrong"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("password authentication failed");
    }

    /** Where user namespaces are forbidden, as in many containers, root runs it as nobody. */
    @Test
    void rootCanRunItAsNobody() throws Exception {
        Optional<Unprivileged> nobody = Unprivileged.bySetpriv();
        assumeThat(System.getProperty("user.name")).as("needs root").isEqualTo("root");
        assumeThat(nobody).as("needs setpriv").isPresent();

        LocalPostgres postgres = LocalPostgres.start(folder, port, nobody.orElseThrow());
        running = Optional.of(postgres);

        assertThat(one(postgres.server(), "SELECT 1")).isEqualTo("1");
        assertThat(Files.getOwner(folder.data("postgresql")).getName()).isEqualTo("nobody");
    }

    /** A server that cannot start says why, with the lines of its log. */
    @Test
    void saysWhyItCannotStart() throws Exception {
        start().stop();
        Files.writeString(folder.data("postgresql").resolve("postgresql.conf"), "nonsense = 1\n");

        assertThatThrownBy(this::start)
                .isInstanceOfSatisfying(
                        StartFailure.class,
                        failure -> {
                            assertThat(failure).hasMessageContaining("postgresql ended with");
                            assertThat(failure.logTail())
                                    .anyMatch(line -> line.contains("nonsense"));
                        });
    }

    private static void run(PostgresServer server, String sql) throws SQLException {
        try (Connection connection = server.superuser("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String one(PostgresServer server, String query) throws SQLException {
        try (Connection connection = server.superuser("postgres");
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }
}
