package com.tokaify.ledger.testkit;

import com.tokaify.ledger.local.LoopbackPort;
import com.tokaify.ledger.local.PostgresServer;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.postgresql.PostgreSQLContainer;

/**
 * PostgreSQL and Kafka in containers, where there is a Docker engine. Their ports on the host are
 * chosen here and not by Docker, which would choose others when a killed container starts again.
 */
final class DockerInfrastructure extends LedgerInfrastructure {
    private static final String POSTGRES_IMAGE = "postgres:18";
    private static final String KAFKA_IMAGE = "apache/kafka:4.4.0";
    private static final String SUPERUSER_PASSWORD = "superuser-of-tests";
    private static final int POSTGRES_PORT = 5432;
    private static final int KAFKA_PORT = 9092;
    private static final Duration RESTART_LIMIT = Duration.ofSeconds(90);

    private @Nullable PostgreSQLContainer postgres;
    private @Nullable KafkaContainer kafka;

    @Override
    public synchronized PostgresServer postgres() {
        PostgreSQLContainer container = startedPostgres();
        return new PostgresServer(
                container.getHost(), container.getMappedPort(POSTGRES_PORT), SUPERUSER_PASSWORD);
    }

    @Override
    public synchronized String kafkaBootstrap() {
        return startedKafka().getBootstrapServers();
    }

    @Override
    public synchronized void killAndRestartPostgres() {
        kill(startedPostgres());
        restart(startedPostgres());
        Await.until(
                RESTART_LIMIT,
                "PostgreSQL answers again",
                () -> {
                    try (Connection connection =
                            postgres().superuser(PostgresServer.MAINTENANCE_DATABASE)) {
                        return connection.isValid(1);
                    }
                });
    }

    @Override
    public synchronized void killKafka() {
        kill(startedKafka());
    }

    @Override
    public synchronized void restartKafka() {
        restart(startedKafka());
        Await.until(
                RESTART_LIMIT,
                "Kafka answers again",
                () -> {
                    try (Admin admin =
                            Admin.create(Map.of("bootstrap.servers", kafkaBootstrap()))) {
                        return !admin.describeCluster().nodes().get().isEmpty();
                    }
                });
    }

    private static void kill(GenericContainer<?> container) {
        container.getDockerClient().killContainerCmd(container.getContainerId()).exec();
    }

    private static void restart(GenericContainer<?> container) {
        container.getDockerClient().startContainerCmd(container.getContainerId()).exec();
    }

    private PostgreSQLContainer startedPostgres() {
        PostgreSQLContainer running = postgres;
        if (running == null) {
            running =
                    new PostgreSQLContainer(POSTGRES_IMAGE)
                            .withUsername(PostgresServer.SUPERUSER)
                            .withPassword(SUPERUSER_PASSWORD)
                            .withDatabaseName(PostgresServer.MAINTENANCE_DATABASE)
                            .withEnv(
                                    "POSTGRES_INITDB_ARGS",
                                    "--locale=C --locale-provider=builtin"
                                            + " --builtin-locale=C.UTF-8")
                            // Testcontainers' own command turns fsync off.
                            .withCommand("postgres", "-c", "fsync=on", "-c", "max_connections=200");
            running.setPortBindings(onFreePort(POSTGRES_PORT));
            running.start();
            postgres = running;
        }
        return running;
    }

    private KafkaContainer startedKafka() {
        KafkaContainer running = kafka;
        if (running == null) {
            running =
                    new KafkaContainer(KAFKA_IMAGE)
                            .withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false")
                            .withEnv("KAFKA_LOG_RETENTION_MS", "-1")
                            .withEnv("KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS", "0");
            running.setPortBindings(onFreePort(KAFKA_PORT));
            running.start();
            kafka = running;
        }
        return running;
    }

    private static List<String> onFreePort(int containerPort) {
        return List.of("127.0.0.1:" + LoopbackPort.free() + ":" + containerPort);
    }
}
