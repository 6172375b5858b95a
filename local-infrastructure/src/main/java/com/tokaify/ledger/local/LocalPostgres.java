package com.tokaify.ledger.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A PostgreSQL 18 server of this machine: a child process that keeps its data in the folder across
 * starts, listens on loopback only, and is as durable as one in production. A killed one recovers
 * at its next start; a settings check refuses a server that would forget.
 */
public final class LocalPostgres {
    private static final String NAME = "postgresql";
    private static final String LOOPBACK = "127.0.0.1";

    /**
     * Recovery after a kill syncs every file there is and replays up to 2 GB of log; who gives up
     * on it has all of it before them again. One that cannot start ends by itself, and at once.
     */
    private static final Duration START_LIMIT = Duration.ofMinutes(10);

    private static final Duration PREDECESSOR_LIMIT = Duration.ofSeconds(90);
    private static final Duration INITDB_LIMIT = Duration.ofMinutes(5);
    private static final Duration STOP_GRACE = Duration.ofSeconds(30);

    private static final List<String> MUST_BE_ON =
            List.of("fsync", "synchronous_commit", "full_page_writes");

    private final ManagedProcess process;
    private final PostgresServer server;

    private LocalPostgres(ManagedProcess process, PostgresServer server) {
        this.process = process;
        this.server = server;
    }

    /**
     * Starts the server on the folder's data, made at the first start, and waits until it answers.
     *
     * @throws StartFailure where it cannot run here, does not come up, or is not durable
     */
    public static LocalPostgres start(LocalFolder folder, int port)
            throws IOException, InterruptedException {
        return start(folder, port, Unprivileged.forThisUser());
    }

    static LocalPostgres start(LocalFolder folder, int port, Unprivileged user)
            throws IOException, InterruptedException {
        PostgresBinaries binaries = PostgresBinaries.inCache();
        Path passwordFile = folder.data(NAME + ".superuser-password");
        String password = SecretFile.password(passwordFile);
        Path data = folder.data(NAME);
        if (!Files.isDirectory(data)) {
            makeCluster(folder, data, passwordFile, binaries, user);
        }
        PostgresServer server = new PostgresServer(LOOPBACK, port, password);
        ManagedProcess process = launch(folder, data, binaries, user, server);
        try {
            requireDurable(server);
        } catch (StartFailure e) {
            process.stop(STOP_GRACE);
            throw e;
        }
        return new LocalPostgres(process, server);
    }

    public PostgresServer server() {
        return server;
    }

    public ManagedProcess process() {
        return process;
    }

    /** Ends all sessions, writes a checkpoint and ends. */
    public boolean stop() throws IOException, InterruptedException {
        return process.stop(STOP_GRACE);
    }

    /** Under another name until it is whole, so that a killed first start leaves no half one. */
    private static void makeCluster(
            LocalFolder folder,
            Path data,
            Path passwordFile,
            PostgresBinaries binaries,
            Unprivileged user)
            throws IOException, InterruptedException {
        Path unfinished = data.resolveSibling(NAME + ".new");
        FileTrees.delete(unfinished);
        List<String> initdb =
                List.of(
                        binaries.program("initdb").toString(),
                        "--pgdata=" + unfinished,
                        "--username=" + PostgresServer.SUPERUSER,
                        "--pwfile=" + passwordFile,
                        "--auth=scram-sha-256",
                        "--encoding=UTF8",
                        // Sorts by code point on every system, yet knows case beyond ASCII.
                        "--locale=C",
                        "--locale-provider=builtin",
                        "--builtin-locale=C.UTF-8",
                        "--data-checksums",
                        "--no-instructions");
        ManagedProcess.start(
                        new ManagedProcess.Launch(
                                NAME + "-initdb",
                                user.command(initdb),
                                Map.of(),
                                StopSignal.TERMINATE),
                        folder)
                .awaitSuccess(INITDB_LIMIT);
        Files.move(unfinished, data, StandardCopyOption.ATOMIC_MOVE);
    }

    private static ManagedProcess launch(
            LocalFolder folder,
            Path data,
            PostgresBinaries binaries,
            Unprivileged user,
            PostgresServer server)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(binaries.program("postgres").toString());
        command.add("-D");
        command.add(data.toString());
        settings(server.port())
                .forEach((name, value) -> {
                    command.add("-c");
                    command.add(name + "=" + value);
                });
        ManagedProcess.Launch launch =
                new ManagedProcess.Launch(
                        NAME, user.command(command), Map.of(), StopSignal.INTERRUPT);
        long deadline = System.nanoTime() + PREDECESSOR_LIMIT.toNanos();
        while (true) {
            ManagedProcess process = ManagedProcess.start(launch, folder);
            try {
                process.awaitReady(START_LIMIT, () -> answers(server));
                return process;
            } catch (StartFailure e) {
                if (!predecessorIsStillEnding(e) || System.nanoTime() > deadline) {
                    throw e;
                }
            }
        }
    }

    /**
     * Given on the command line, where neither a file in the data folder nor ALTER SYSTEM can
     * override them.
     */
    private static Map<String, String> settings(int port) {
        return Map.ofEntries(
                Map.entry("listen_addresses", LOOPBACK),
                Map.entry("port", Integer.toString(port)),
                // No socket file: its folder differs between systems and users.
                Map.entry("unix_socket_directories", ""),
                // What has been answered is on disk, whatever happens next.
                Map.entry("fsync", "on"),
                Map.entry("synchronous_commit", "on"),
                Map.entry("full_page_writes", "on"),
                // The working set of a laptop's ledger; the system's own cache holds the rest.
                Map.entry("shared_buffers", "256MB"),
                // Checkpoints by time, not by volume: each one makes the next writes log whole
                // pages again. Bounds recovery and disk as well.
                Map.entry("max_wal_size", "2GB"),
                // Three services' pools, a person's psql, many small pools in tests, and the 256
                // clients of the benchmark's floor.
                Map.entry("max_connections", "320"),
                Map.entry("timezone", "UTC"),
                Map.entry("log_timezone", "UTC"));
    }

    private static boolean answers(PostgresServer server) {
        try (Connection connection = server.superuser(PostgresServer.MAINTENANCE_DATABASE)) {
            return connection.isValid(1);
        } catch (SQLException notYet) {
            return false;
        }
    }

    /** The last processes of a killed server take a moment to notice that it is gone. */
    private static boolean predecessorIsStillEnding(StartFailure failure) {
        return failure.logTail().stream()
                .anyMatch(line -> line.contains("pre-existing shared memory block"));
    }

    private static void requireDurable(PostgresServer server) {
        try (Connection connection = server.superuser(PostgresServer.MAINTENANCE_DATABASE);
                Statement statement = connection.createStatement()) {
            for (String setting : MUST_BE_ON) {
                try (ResultSet row = statement.executeQuery("SHOW " + setting)) {
                    if (!row.next() || !row.getString(1).equals("on")) {
                        throw new StartFailure(
                                "PostgreSQL runs with " + setting + " off and would forget");
                    }
                }
            }
        } catch (SQLException e) {
            throw new StartFailure(
                    "PostgreSQL cannot be asked for its settings: " + e.getMessage());
        }
    }
}
