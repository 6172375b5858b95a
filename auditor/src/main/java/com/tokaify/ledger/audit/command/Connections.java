package com.tokaify.ledger.audit.command;

import com.tokaify.ledger.audit.source.SourceFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Where the ledger is: options of every command that reads one. Each may also stand in the
 * environment, see {@link EnvironmentDefaults}. Only what a command needs must be given.
 */
public final class Connections {
    static final String DATABASE = "--database";
    static final String QUERY_DATABASE = "--query-database";
    static final String KAFKA = "--kafka";
    static final String PASSWORD_FILE = "--password-file";

    private static final String ROLE = "ledger_auditor";

    @Option(
            names = DATABASE,
            paramLabel = "URL",
            description = "The event store: jdbc:postgresql://host/ledger (LEDGER_DATABASE_URL).")
    private @Nullable String database;

    @Option(
            names = QUERY_DATABASE,
            paramLabel = "URL",
            description = "The views: jdbc:postgresql://host/query (LEDGER_QUERY_DATABASE_URL).")
    private @Nullable String queryDatabase;

    @Option(
            names = KAFKA,
            paramLabel = "HOST:PORT",
            description = "Kafka (LEDGER_KAFKA_BOOTSTRAP).")
    private @Nullable String kafka;

    @Option(
            names = PASSWORD_FILE,
            paramLabel = "FILE",
            description = "Holds the password of ledger_auditor (LEDGER_AUDITOR_PASSWORD_FILE).")
    private @Nullable Path passwordFile;

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec command;

    /**
     * A connection to the event store that reads and cannot change anything.
     *
     * @throws SourceFailed where there is none to be had
     */
    public Connection openDatabase() {
        return open(given(DATABASE, database));
    }

    /** The same to the views. */
    public Connection openQueryDatabase() {
        return open(given(QUERY_DATABASE, queryDatabase));
    }

    public boolean hasQueryDatabase() {
        return queryDatabase != null;
    }

    public boolean hasKafka() {
        return kafka != null;
    }

    public String kafka() {
        return given(KAFKA, kafka);
    }

    private Connection open(String url) {
        Properties properties = new Properties();
        properties.setProperty("user", ROLE);
        properties.setProperty("password", read(given(PASSWORD_FILE, passwordFile)));
        properties.setProperty("ApplicationName", "ledger auditor");
        try {
            Connection connection = DriverManager.getConnection(url, properties);
            connection.setReadOnly(true);
            return connection;
        } catch (SQLException e) {
            throw new SourceFailed("no connection to " + url + ": " + e.getMessage(), e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new SourceFailed("cannot read " + file, e);
        }
    }

    private <T> T given(String option, @Nullable T value) {
        if (value == null) {
            throw new ParameterException(
                    Objects.requireNonNull(command).commandLine(),
                    option
                            + " is needed here, or "
                            + EnvironmentDefaults.variable(option)
                            + " in the environment");
        }
        return value;
    }
}
