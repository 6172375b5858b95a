package com.tokaify.ledger.command.startup;

import static com.tokaify.ledger.command.LedgerInstance.PARTITIONS;
import static org.assertj.core.api.Assertions.assertThat;

import com.tokaify.ledger.command.EventTopic;
import com.tokaify.ledger.command.LedgerInstance;
import com.tokaify.ledger.command.RunningCommandService;
import com.tokaify.ledger.command.RunningCommandService.Answer;
import com.tokaify.ledger.events.StoredEvent;
import com.tokaify.ledger.events.kafka.Topics;
import com.tokaify.ledger.testkit.Await;
import com.tokaify.ledger.testkit.LedgerDatabase;
import com.tokaify.ledger.testkit.LedgerInfrastructure;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What the whole service says of itself while it cannot serve, and that it does not serve then. */
class StartUpIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final LedgerInfrastructure infrastructure = LedgerInfrastructure.get();
    private final LedgerDatabase database = infrastructure.newLedgerDatabase();

    @BeforeEach
    @AfterEach
    void leaveFreshTopics() {
        infrastructure.recreateTopics(PARTITIONS);
    }

    private RunningCommandService start() {
        return new RunningCommandService(database, infrastructure.kafkaBootstrap());
    }

    /** Without Kafka the service starts, says that it is not ready, waits, and then opens. */
    @Test
    void theServiceWaitsForKafka() throws Exception {
        try (LateServer kafka = new LateServer(infrastructure.kafkaBootstrap());
                RunningCommandService service =
                        new RunningCommandService(database, kafka.address())) {
            Answer readiness = service.readiness();
            assertThat(readiness.status()).isEqualTo(503);
            assertThat(ledger(readiness).get("details").get("waitingFor").asString())
                    .isEqualTo("the start-up checks");
            Answer refused = service.post("/v1/accounts", "{\"name\":\"Acme\"}");
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.text("code")).isEqualTo("LEDGER_UNAVAILABLE");
            assertThat(refused.header("Retry-After")).contains("1");
            assertThat(service.get("/actuator/health/liveness").status()).isEqualTo(200);

            kafka.appear();

            service.awaitReady();
            assertThat(service.post("/v1/accounts", "{\"name\":\"Acme\"}").status()).isEqualTo(201);
        }
    }

    /** A store restored from a back-up meets a topic that has more: nothing is written any more. */
    @Test
    void aStoreThatLostItsTailIsNotServed() throws Exception {
        StoredEvent lost;
        try (RunningCommandService service = start();
                EventTopic topic = new EventTopic()) {
            service.awaitReady();
            service.post("/v1/accounts", "{\"name\":\"Acme\"}");
            lost = LedgerInstance.stored(database).getLast();
            topic.awaitEvents(LIMIT, LedgerInstance.stored(database).size());
        }
        superuser(
                "delete from ledger.event where partition = %d and pseq = %d"
                        .formatted(lost.position().partition(), lost.position().pseq()));
        superuser("update ledger.partition_head set pseq = pseq - 1 where pseq > 0");
        try (RunningCommandService service = start()) {
            assertHalted(service, "the store has lost a tail or was restored from a back-up");
            int before = LedgerInstance.stored(database).size();
            Answer refused = service.post("/v1/accounts", "{\"name\":\"Acme\"}");
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.text("detail"))
                    .isEqualTo("The ledger is halted until an operator has looked.");
            assertThat(LedgerInstance.stored(database)).hasSize(before);
        }
    }

    /** Topics of another ledger, with other partitions, are not written to. */
    @Test
    void topicsOfAnotherLedgerAreRefused() throws Exception {
        infrastructure.recreateTopics(3);
        try (RunningCommandService service = start()) {
            assertHalted(service, " has 3 partitions, this ledger has " + PARTITIONS);
        }
    }

    /** A record that is no event of ours at the end of the topic stops the ledger, loudly. */
    @Test
    void aForeignRecordAtTheEndOfTheTopicIsNotPassedOver() throws Exception {
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(
                        Map.of("bootstrap.servers", infrastructure.kafkaBootstrap()),
                        new ByteArraySerializer(),
                        new ByteArraySerializer())) {
            producer.send(
                            new ProducerRecord<>(
                                    Topics.EVENTS,
                                    2,
                                    null,
                                    "hello".getBytes(StandardCharsets.UTF_8)))
                    .get();
        }
        try (RunningCommandService service = start()) {
            assertHalted(service, "ledger.events-2 offset 0: the record has no header ");
        }
    }

    /** What an operator has retired or renamed does not come back with the next start. */
    @Test
    void theFirstGroupIsDefinedOnceInALedgersLife() throws Exception {
        try (RunningCommandService service = start()) {
            service.awaitReady();
            assertThat(service.put("/v1/groups/default", "{\"displayName\":\"All\"}").status())
                    .isEqualTo(200);
            assertThat(service.delete("/v1/groups/default").status()).isEqualTo(200);
        }
        int before = LedgerInstance.stored(database).size();
        try (RunningCommandService service = start()) {
            service.awaitReady();
            assertThat(LedgerInstance.stored(database)).hasSize(before);
            assertThat(service.post("/v1/accounts", "{\"name\":\"Acme\"}").status()).isEqualTo(201);
        }
    }

    /** A writer's session that is not durable is refused like a server that is not. */
    @Test
    void aWriterWhoseCommitsAreNotDurableIsRefused() throws SQLException {
        superuser(
                "alter role ledger_writer in database "
                        + database.name()
                        + " set synchronous_commit = off");
        List<String> reasons = new ArrayList<>();
        try (RunningCommandService _ = start()) {
            reasons.add("started");
        } catch (RuntimeException e) {
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                reasons.add(String.valueOf(cause.getMessage()));
            }
        }
        assertThat(reasons)
                .last()
                .isEqualTo(
                        "PostgreSQL runs with synchronous_commit = off, which loses acknowledged"
                                + " events; set it to on");
    }

    private static void assertHalted(RunningCommandService service, String reason) {
        Answer readiness =
                Await.until(
                        LIMIT,
                        "halted",
                        service::readiness,
                        answer -> ledger(answer).get("status").asString().equals("DOWN"));
        assertThat(readiness.status()).isEqualTo(503);
        assertThat(ledger(readiness).get("details").get("reason").asString()).contains(reason);
    }

    private static JsonNode ledger(Answer readiness) {
        return readiness.json().get("components").get("ledger");
    }

    private void superuser(String sql) throws SQLException {
        try (Connection connection = database.superuser();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
