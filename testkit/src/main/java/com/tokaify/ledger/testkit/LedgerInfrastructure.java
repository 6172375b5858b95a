package com.tokaify.ledger.testkit;

import com.tokaify.ledger.events.kafka.Topics;
import com.tokaify.ledger.local.LedgerDatabases;
import com.tokaify.ledger.local.PostgresServer;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * One PostgreSQL and one Kafka for all integration tests of a JVM, each started at its first use
 * and gone with the JVM. The system property {@code ledger.infrastructure} says where they come
 * from: {@code embedded} (processes of this machine, the default) or {@code docker}
 * (Testcontainers). Tests of one JVM may use it from several threads, but share the topics.
 */
public abstract sealed class LedgerInfrastructure
        permits EmbeddedInfrastructure, DockerInfrastructure {
    private static final Duration TOPICS_LIMIT = Duration.ofSeconds(30);
    private static final List<String> TOPICS = List.of(Topics.EVENTS, Topics.USAGE, Topics.SEALS);
    private static final LedgerDatabases.Passwords PASSWORDS =
            new LedgerDatabases.Passwords(
                    "owner-of-tests",
                    "writer-of-tests",
                    "relay-of-tests",
                    "vault-of-tests",
                    "sealer-of-tests",
                    "auditor-of-tests",
                    "query-of-tests");

    private final AtomicInteger databases = new AtomicInteger();

    public static LedgerInfrastructure get() {
        return Holder.INSTANCE;
    }

    private static final class Holder {
        static final LedgerInfrastructure INSTANCE =
                switch (System.getProperty("ledger.infrastructure", "embedded")) {
                    case "embedded" -> new EmbeddedInfrastructure();
                    case "docker" -> new DockerInfrastructure();
                    case String other ->
                            throw new IllegalArgumentException(
                                    "ledger.infrastructure is embedded or docker, not " + other);
                };
    }

    /** Kafka's address, the same for the life of the JVM. */
    public abstract String kafkaBootstrap();

    /** The PostgreSQL server, the same for the life of the JVM. */
    public abstract PostgresServer postgres();

    /** Kills the server as a crash would and starts it again on the same port and data. */
    public abstract void killAndRestartPostgres();

    /** Kills the broker as a crash would and starts it again on the same port and data. */
    public final void killAndRestartKafka() {
        killKafka();
        restartKafka();
    }

    /** Kills the broker as a crash would. Until it is restarted nobody may ask for its address. */
    public abstract void killKafka();

    /** Starts a killed broker again on the same port and data. */
    public abstract void restartKafka();

    /** A fresh database for a command-service; the roles are one set for the whole server. */
    public LedgerDatabase newLedgerDatabase() {
        String name = "ledger_" + databases.incrementAndGet();
        try {
            LedgerDatabases.on(postgres(), PASSWORDS).ensureLedger(name);
        } catch (SQLException e) {
            throw new IllegalStateException("making database " + name, e);
        }
        return new LedgerDatabase(postgres(), name, PASSWORDS);
    }

    /** A fresh database for a query-service. */
    public QueryDatabase newQueryDatabase() {
        String name = "query_" + databases.incrementAndGet();
        try {
            LedgerDatabases.on(postgres(), PASSWORDS).ensureQuery(name);
        } catch (SQLException e) {
            throw new IllegalStateException("making database " + name, e);
        }
        return new QueryDatabase(postgres(), name, PASSWORDS.query(), PASSWORDS.auditor());
    }

    /** A fresh database for a console. */
    public ConsoleDatabase newConsoleDatabase() {
        String name = "console_" + databases.incrementAndGet();
        String password = "console-of-tests";
        try {
            LedgerDatabases.on(postgres(), PASSWORDS).ensureConsole(name, password);
        } catch (SQLException e) {
            throw new IllegalStateException("making database " + name, e);
        }
        return new ConsoleDatabase(postgres(), name, password);
    }

    /** Deletes the ledger's topics, where they exist, and makes them anew and empty. */
    public void recreateTopics(int partitions) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafkaBootstrap()))) {
            for (String topic : TOPICS) {
                delete(admin, topic);
            }
            // Until a deletion has gone through everywhere, making the topic anew is refused.
            Await.until(
                    TOPICS_LIMIT,
                    "the old topics are gone",
                    () -> admin.listTopics().names().get(),
                    names -> TOPICS.stream().noneMatch(names::contains));
            List<NewTopic> topics =
                    TOPICS.stream()
                            .map(topic -> new NewTopic(topic, of(topic, partitions), (short) 1))
                            .toList();
            admin.createTopics(topics).all().get();
            Await.until(
                    TOPICS_LIMIT,
                    "every partition of the new topics has a leader",
                    () -> admin.describeTopics(TOPICS).allTopicNames().get().values(),
                    descriptions ->
                            descriptions.stream()
                                    .allMatch(topic ->
                                            topic.partitions().size()
                                                            == of(topic.name(), partitions)
                                                    && topic.partitions().stream()
                                                            .allMatch(partition ->
                                                                    partition.leader() != null)));
        } catch (ExecutionException e) {
            throw new IllegalStateException("making the topics anew", e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** Seals are in one order. */
    private static int of(String topic, int partitions) {
        return topic.equals(Topics.SEALS) ? 1 : partitions;
    }

    private static void delete(Admin admin, String topic)
            throws InterruptedException, ExecutionException {
        try {
            admin.deleteTopics(Set.of(topic)).all().get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                throw e;
            }
        }
    }

    static IllegalStateException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new IllegalStateException("interrupted", e);
    }
}
