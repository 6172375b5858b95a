package com.tokaify.ledger.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import com.tokaify.ledger.local.LoopbackPort;
import com.tokaify.ledger.testkit.Await;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UpIT {
    @TempDir private Path temporary;

    private final Map<LedgerPort, Integer> ports = UpProcess.freePorts();
    private final List<UpProcess> started = new ArrayList<>();
    private Path services;
    private Path data;

    @BeforeEach
    void packServices() throws IOException {
        services = temporary.resolve("services");
        data = temporary.resolve("data");
        FakeService.packInto(services);
    }

    @AfterEach
    void stopAll() throws InterruptedException {
        for (UpProcess up : started) {
            up.stop();
        }
    }

    private UpProcess up(String... options) throws IOException {
        return up(Map.of(), options);
    }

    private UpProcess up(Map<String, String> environment, String... options) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("--data", data.toString()));
        arguments.addAll(List.of(options));
        UpProcess up =
                UpProcess.start(services, ports, environment, arguments.toArray(String[]::new));
        started.add(up);
        return up;
    }

    /**
     * The story of one data folder: up, a second up refused, a killed service started again, the
     * supervisor itself killed, its orphans stopped by the next up, the data kept, and everything
     * stopped in order.
     */
    @Test
    void keepsALedgerRunningWhateverIsKilled() throws Exception {
        UpProcess first = up().awaitOutput("Ready in");
        sql("CREATE TABLE kept AS SELECT 42 AS answer");
        assertThat(Files.getPosixFilePermissions(data))
                .isEqualTo(PosixFilePermissions.fromString("rwx------"));
        assertThat(Files.getPosixFilePermissions(data.resolve("credentials/pepper")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));

        String password = Files.readString(data.resolve("credentials/first-operator-password"));
        assertThat(first.output()).containsOnlyOnce(password);

        UpProcess second = up();
        assertThat(second.awaitExit()).isEqualTo(2);
        assertThat(second.output().lines().filter(line -> !line.startsWith("Picked up JAVA_TOOL")))
                .singleElement(STRING)
                .contains("is in use");

        assertThat(pidOf("command-service").destroyForcibly()).isTrue();
        first.awaitOutput("command-service      ended with exit code 137");
        Await.until(
                Duration.ofMinutes(1),
                "command-service is ready again",
                () -> timesReady(first, "command-service"),
                times -> times == 2);

        first.kill();
        UpProcess third = up().awaitOutput("Ready in");
        assertThat(third.output())
                .contains("Stopped enforcement-service")
                .contains("Stopped kafka")
                .contains("Stopped postgresql")
                .contains("Sign in at http://127.0.0.1:" + ports.get(LedgerPort.CONSOLE))
                .doesNotContain(password);
        try (Connection connection = connect();
                ResultSet row = connection.createStatement().executeQuery("SELECT * FROM kept")) {
            assertThat(row.next()).isTrue();
        }

        third.stop();
        assertThat(third.output())
                .containsSubsequence(
                        "Stopping.",
                        "console              stopped",
                        "enforcement-service  stopped",
                        "query-service        stopped",
                        "command-service      stopped",
                        "kafka                stopped",
                        "postgresql           stopped");
        for (int port : ports.values()) {
            assertThat(LoopbackPort.isFree(InetAddress.getLoopbackAddress(), port)).isTrue();
        }
    }

    /**
     * A service that cannot start shows its last words and its log, and nothing is left running.
     */
    @Test
    void showsWhyAServiceDoesNotStart() throws Exception {
        UpProcess up = up(Map.of(FakeService.BROKEN, "query-service"));

        assertThat(up.awaitExit()).isEqualTo(1);

        assertThat(up.output())
                .contains("query-service ended with exit code 1; its log is " + data)
                .contains(FakeService.LAST_WORDS)
                .containsSubsequence(
                        "command-service      stopped", "postgresql           stopped");
        for (int port : ports.values()) {
            assertThat(LoopbackPort.isFree(InetAddress.getLoopbackAddress(), port)).isTrue();
        }
    }

    private static long timesReady(UpProcess up, String name) throws IOException {
        return up.output()
                .lines()
                .filter(line -> line.startsWith("  " + name + " ") && line.contains(" ready at "))
                .count();
    }

    private ProcessHandle pidOf(String name) throws IOException {
        String record = Files.readString(data.resolve("run").resolve(name + ".process"));
        return ProcessHandle.of(Long.parseLong(record.substring(0, record.indexOf(' '))))
                .orElseThrow();
    }

    private void sql(String statement) throws Exception {
        try (Connection connection = connect()) {
            connection.createStatement().execute(statement);
        }
    }

    private Connection connect() throws IOException, SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + ports.get(LedgerPort.POSTGRES) + "/ledger",
                "ledger_owner",
                Files.readString(data.resolve("credentials/ledger_owner")));
    }
}
