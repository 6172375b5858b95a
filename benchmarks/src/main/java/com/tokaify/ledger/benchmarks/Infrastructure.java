package com.tokaify.ledger.benchmarks;

import com.tokaify.ledger.local.FileTrees;
import com.tokaify.ledger.local.JvmCommand;
import com.tokaify.ledger.local.LedgerDatabases;
import com.tokaify.ledger.local.LocalFolder;
import com.tokaify.ledger.local.LocalKafka;
import com.tokaify.ledger.local.LocalPostgres;
import com.tokaify.ledger.local.LoopbackPort;
import com.tokaify.ledger.local.ManagedProcess;
import com.tokaify.ledger.local.Orphans;
import com.tokaify.ledger.local.PostgresServer;
import com.tokaify.ledger.local.SecretFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * The servers of one benchmark, on free ports, with all they write in one temporary folder. Closing
 * stops whatever was started there, services too, and deletes the folder; so does the end of the
 * JVM, at a Ctrl-C for instance.
 */
public final class Infrastructure implements AutoCloseable {
    private static final String KAFKA_HEAP = "512m";

    /** As standalone gives it to command-service by default. */
    private static final String SERVICE_HEAP = "1g";

    private static final int PEPPER_BYTES = 32;
    private static final Duration STOP_GRACE = Duration.ofSeconds(10);

    private final LocalFolder folder;
    private final PostgresServer postgres;
    private final LedgerDatabases.Passwords passwords;
    private final LedgerDatabases databases;
    private boolean ended;

    private Infrastructure(LocalFolder folder)
            throws IOException, InterruptedException, SQLException {
        this.folder = folder;
        Runtime.getRuntime().addShutdownHook(new Thread(this::close, "end-of-benchmark"));
        this.postgres = LocalPostgres.start(folder, LoopbackPort.free()).server();
        this.passwords =
                new LedgerDatabases.Passwords(
                        password("owner"),
                        password("writer"),
                        password("relay"),
                        password("vault"),
                        password("sealer"),
                        password("auditor"),
                        password("query"));
        this.databases = LedgerDatabases.on(postgres, passwords);
    }

    /** Starts PostgreSQL. */
    public static Infrastructure start() throws IOException, InterruptedException, SQLException {
        return new Infrastructure(
                LocalFolder.at(Files.createTempDirectory("tokaify-ledger-benchmark-")));
    }

    private String password(String role) throws IOException {
        return SecretFile.password(passwordFile(role));
    }

    private Path passwordFile(String role) {
        return folder.data(role + ".password");
    }

    /** An empty database for a ledger. */
    public LedgerStore newStore(String name) throws SQLException {
        databases.ensureLedger(name);
        return new LedgerStore(postgres, name, passwords);
    }

    /** An empty database for views. */
    public ViewStore newViews(String name) throws SQLException {
        databases.ensureQuery(name);
        return new ViewStore(postgres, name, passwords.query());
    }

    /** A database with all that is in another one, to which nobody may be connected. */
    LedgerStore copy(LedgerStore original, String name) throws SQLException {
        try (Connection connection = postgres.superuser(PostgresServer.MAINTENANCE_DATABASE);
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "create database "
                            + name
                            + " template "
                            + original.database()
                            + " strategy file_copy owner ledger_owner");
        }
        return newStore(name);
    }

    /** PostgreSQL's version as it tells it, without the builder's remarks. */
    public String postgresVersion() throws SQLException {
        try (Connection connection = postgres.superuser(PostgresServer.MAINTENANCE_DATABASE);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("show server_version")) {
            row.next();
            return row.getString(1).split(" ", 2)[0];
        }
    }

    public LocalKafka startKafka() throws IOException, InterruptedException {
        return LocalKafka.start(folder, LoopbackPort.free(), KAFKA_HEAP);
    }

    /** Starts command-service as standalone does, on this PostgreSQL and Kafka. */
    public Service startCommandService(Path jar, LedgerStore store, LocalKafka kafka)
            throws IOException, InterruptedException {
        return startCommandService(jar, store, kafka, true);
    }

    /**
     * The same.
     *
     * @param seals whether it seals what is recorded, as it does where it has a key
     */
    public Service startCommandService(Path jar, LedgerStore store, LocalKafka kafka, boolean seals)
            throws IOException, InterruptedException {
        Map<String, String> own = new HashMap<>(store.environment());
        if (seals) {
            own.put("LEDGER_SEAL_KEY_FILE", folder.data("seal-key").toString());
            own.put("LEDGER_SEAL_VERIFIER_KEY_FILE", verifierKey().toString());
        }
        own.put("LEDGER_VAULT_KEY_FILE", folder.data("vault-key").toString());
        return start(Service.COMMAND, jar, kafka, own);
    }

    /**
     * Starts enforcement-service as standalone does, on this Kafka, until it has caught up: from
     * the snapshot that the one before it has left when it was stopped. While it runs it writes
     * none, since one instant of that would be on the account of a single contestant.
     */
    public Service startEnforcementService(Path jar, LocalKafka kafka)
            throws IOException, InterruptedException {
        return start(
                Service.ENFORCEMENT,
                jar,
                kafka,
                Map.of(
                        "LEDGER_ENFORCEMENT_GRPC_PORT",
                        "0",
                        "LEDGER_VIEW_SNAPSHOT_FOLDER",
                        folder.data("view").toString(),
                        "LEDGER_VIEW_SNAPSHOT_EVERY",
                        "1d"));
    }

    /** Starts query-service on this Kafka; it answers at once, and has caught up later. */
    public Service startQueryService(Path jar, ViewStore views, LocalKafka kafka)
            throws IOException, InterruptedException {
        return Service.startUnready(
                Service.QUERY,
                new JvmCommand(SERVICE_HEAP).jar(jar),
                environment(
                        kafka,
                        Map.of(
                                "LEDGER_QUERY_DATABASE_URL",
                                views.url(),
                                "LEDGER_QUERY_PASSWORD",
                                views.password())),
                folder);
    }

    /** A service of the ledger, with what all of them are told and its own. */
    private Service start(String name, Path jar, LocalKafka kafka, Map<String, String> own)
            throws IOException, InterruptedException {
        Map<String, String> environment = environment(kafka, own);
        environment.put("LEDGER_PEPPER_FILE", pepper().toString());
        return Service.start(name, new JvmCommand(SERVICE_HEAP).jar(jar), environment, folder);
    }

    private static Map<String, String> environment(LocalKafka kafka, Map<String, String> own) {
        Map<String, String> environment = new HashMap<>(own);
        environment.put("LEDGER_KAFKA_BOOTSTRAP", kafka.bootstrap());
        environment.put("LEDGER_PARTITIONS", Integer.toString(LedgerStore.PARTITIONS));
        return environment;
    }

    /**
     * Starts a server that does nothing, with a service's settings, in a JVM like that service's.
     *
     * @param service any class of the service's jar
     */
    public Service startNoOpServer(Class<?> main, Class<?> service)
            throws IOException, InterruptedException {
        return Service.start(
                "no-op",
                new JvmCommand(SERVICE_HEAP)
                        .main(
                                main,
                                "--spring.config.location=" + settingsOf(service),
                                // Readiness without the ledger, which it does not have.
                                "--management.endpoint.health.group.readiness.include=readinessState"),
                Map.of(),
                folder);
    }

    /**
     * Starts a server that looks up rows of views, as query-service's JVM and pool are set up, and
     * does nothing else.
     */
    public Service startKeyServer(Class<?> main, ViewStore views)
            throws IOException, InterruptedException {
        return Service.start(
                "keys",
                new JvmCommand(SERVICE_HEAP)
                        .main(
                                main,
                                "--spring.config.location=classpath:ledger-service.yaml",
                                "--ledger.port-variable=LEDGER_QUERY_PORT",
                                "--server.port=${LEDGER_QUERY_PORT}",
                                "--spring.flyway.enabled=false"),
                Map.of(
                        "SPRING_DATASOURCE_URL",
                        views.url(),
                        "SPRING_DATASOURCE_USERNAME",
                        LedgerDatabases.QUERY,
                        "SPRING_DATASOURCE_PASSWORD",
                        views.password(),
                        "SPRING_DATASOURCE_HIKARI_SCHEMA",
                        "read"),
                folder);
    }

    /** Several services lie on the benchmark's class path, each with settings of the same name. */
    private static String settingsOf(Class<?> service) {
        String place = service.getProtectionDomain().getCodeSource().getLocation().toString();
        return place.endsWith("/")
                ? place + "application.yaml"
                : "jar:" + place + "!/application.yaml";
    }

    /** The ledger's pepper, made at the first call. */
    public Path pepper() throws IOException {
        Path pepper = folder.data("pepper");
        SecretFile.ensureBytes(pepper, PEPPER_BYTES);
        return pepper;
    }

    /** The file of the key that verifies what command-service seals, once it has. */
    public Path verifierKey() {
        return folder.data("seal-verifier-key");
    }

    /** The file of the auditor's password. */
    public Path auditorPassword() {
        return passwordFile("auditor");
    }

    /** Where a program may keep what it writes. */
    public Path data(String name) {
        return folder.data(name);
    }

    /** Starts a program of other people. */
    public ManagedProcess run(ManagedProcess.Launch launch) throws IOException {
        return ManagedProcess.start(launch, folder);
    }

    @Override
    public synchronized void close() {
        if (ended) {
            return;
        }
        ended = true;
        try {
            Orphans.stop(folder, STOP_GRACE);
            FileTrees.delete(folder.root());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts the end of a benchmark", e);
        }
    }
}
