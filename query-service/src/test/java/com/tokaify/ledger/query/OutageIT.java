package com.tokaify.ledger.query;

import static com.tokaify.ledger.query.RunningQueryService.json;
import static com.tokaify.ledger.query.ScriptedLedger.tokenCreated;
import static org.assertj.core.api.Assertions.assertThat;

import com.tokaify.ledger.events.RecordedEvent;
import com.tokaify.ledger.events.TokenEvent.QuotaConsumed;
import com.tokaify.ledger.events.TokenEvent.TokenRenamed;
import com.tokaify.ledger.events.id.AccountId;
import com.tokaify.ledger.events.id.TokenId;
import com.tokaify.ledger.events.kafka.Topics;
import com.tokaify.ledger.testkit.LedgerInfrastructure;
import com.tokaify.ledger.testkit.QueryDatabase;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What the service does when the stream is broken or its servers are away. */
class OutageIT {
    private static final int PARTITIONS = 2;

    private final LedgerInfrastructure infrastructure = LedgerInfrastructure.get();
    private final ScriptedLedger ledger = new ScriptedLedger(PARTITIONS);
    private final AccountId account = ledger.newAccountId();
    private final TokenId zero = tokenIn(0);
    private final TokenId one = tokenIn(1);
    private final RecordedEvent zeroCreated = ledger.record(zero, tokenCreated(account, "zero"));
    private final RecordedEvent oneCreated = ledger.record(one, tokenCreated(account, "one"));

    @BeforeEach
    void freshTopics() {
        infrastructure.recreateTopics(PARTITIONS);
    }

    /** Events are missing: that partition stops with its reason, the others go on. */
    @Test
    void aGapStopsItsPartitionAndReadiness() {
        try (LedgerTopic topic = new LedgerTopic();
                RunningQueryService service = start(infrastructure.newQueryDatabase())) {
            service.awaitReady();
            topic.commit(zeroCreated, oneCreated);
            ledger.record(zero, new TokenRenamed("never relayed"));
            topic.commit(ledger.record(zero, new TokenRenamed("after the gap")));

            service.awaitNotReady("event 2 is missing");
            assertThat(service.readiness().body()).contains("\"partition 0\"");

            RecordedEvent renamed = ledger.record(one, new TokenRenamed("goes on"));
            topic.commit(renamed);
            assertThat(json(service.get("/v1/tokens/" + one, renamed.position())).required("name"))
                    .hasToString("\"goes on\"");
            assertThat(json(service.get("/v1/tokens/" + zero)).required("name"))
                    .hasToString("\"zero\"");
        }
    }

    /** A record nobody can read is not passed over, also not by starting again. */
    @Test
    void anUnreadableEventStopsItsPartitionForGood() {
        QueryDatabase database = infrastructure.newQueryDatabase();
        try (LedgerTopic topic = new LedgerTopic();
                RunningQueryService service = start(database)) {
            service.awaitReady();
            topic.commit(zeroCreated, oneCreated);
            ProducerRecord<byte[], byte[]> unreadable =
                    LedgerTopic.record(ledger.record(zero, new TokenRenamed("unreadable")));
            unreadable
                    .headers()
                    .remove("ce_type")
                    .add("ce_type", "of.the.future.v9".getBytes(StandardCharsets.UTF_8));
            topic.commitRecord(unreadable);

            service.awaitNotReady("unknown event type: of.the.future.v9");
            JsonNode stopped = stopped(service, 0);
            assertThat(stopped.required("eventId").asString()).isEqualTo(zero + ":1");
            assertThat(stopped.required("type").asString()).isEqualTo("of.the.future.v9");
            assertThat(stopped.required("position").asString()).isEqualTo("0:2");
            assertThat(stopped.required("reason").asString()).contains("unknown event type");
            assertThat(stopped(service, 1).isNull()).isTrue();
            assertThat(service.get("/actuator/prometheus").body())
                    .contains("ledger_view_stopped 1.0");
        }
        try (RunningQueryService service = start(database)) {
            service.awaitNotReady("unknown event type: of.the.future.v9");
        }
    }

    /**
     * An event that contradicts its stream stops its partition; others are applied all the same.
     */
    @Test
    void aContradictionStopsItsPartition() {
        try (LedgerTopic topic = new LedgerTopic();
                RunningQueryService service = start(infrastructure.newQueryDatabase())) {
            service.awaitReady();
            topic.commit(zeroCreated, oneCreated);
            RecordedEvent renamed = ledger.record(one, new TokenRenamed("goes on"));
            topic.commit(ledger.record(zero, tokenCreated(account, "again")), renamed);

            service.awaitNotReady("the token exists already");
            assertThat(json(service.get("/v1/tokens/" + one, renamed.position())).required("name"))
                    .hasToString("\"goes on\"");
        }
    }

    /** A topic that is not there yet is waited for, and the service says so. */
    @Test
    void aMissingTopicIsWaitedFor() throws Exception {
        try (Admin admin =
                Admin.create(Map.of("bootstrap.servers", infrastructure.kafkaBootstrap()))) {
            admin.deleteTopics(List.of(Topics.EVENTS)).all().get();
        }
        try (RunningQueryService service = start(infrastructure.newQueryDatabase())) {
            service.awaitNotReady("waits for the topic ledger.events");

            infrastructure.recreateTopics(PARTITIONS);

            service.awaitReady();
        }
    }

    /** A ledger of another size is not read at all: its positions would mean something else. */
    @Test
    void aTopicOfAnotherSizeIsRefused() {
        infrastructure.recreateTopics(PARTITIONS + 1);
        try (RunningQueryService service = start(infrastructure.newQueryDatabase())) {
            service.awaitNotReady("to have 2 partitions, it has 3");
        }
    }

    /** A topic that has lost what the view has read is noticed, not read from its new beginning. */
    @Test
    void aTopicThatLostItsRecordsStopsTheView() {
        QueryDatabase database = infrastructure.newQueryDatabase();
        try (LedgerTopic topic = new LedgerTopic();
                RunningQueryService service = start(database)) {
            topic.commit(zeroCreated, oneCreated);
            service.awaitReady();
            assertThat(service.get("/v1/tokens/" + zero, zeroCreated.position()).statusCode())
                    .isEqualTo(200);
        }
        infrastructure.recreateTopics(PARTITIONS);

        try (RunningQueryService service = start(database)) {
            service.awaitNotReady("the topic no longer has offset");
            assertThat(service.get("/v1/tokens/" + zero).statusCode()).isEqualTo(200);
        }
    }

    /** A start after a stop goes on where the view was: nothing is lost, nothing counted twice. */
    @Test
    void aRestartGoesOnWhereTheViewWas() {
        QueryDatabase database = infrastructure.newQueryDatabase();
        try (LedgerTopic topic = new LedgerTopic()) {
            topic.commit(zeroCreated, oneCreated, consumption(1));
            try (RunningQueryService service = start(database)) {
                service.awaitReady();
                assertThat(consumed(service)).isEqualTo(1);
            }
            topic.commit(consumption(2));
            try (RunningQueryService service = start(database)) {
                service.awaitReady();
                assertThat(consumed(service)).isEqualTo(2);
            }
        }
    }

    /** PostgreSQL is away: queries and readiness say so, and once it is back the view goes on. */
    @Test
    void theServiceWaitsForItsDatabase() throws SQLException {
        QueryDatabase database = infrastructure.newQueryDatabase();
        try (LedgerTopic topic = new LedgerTopic();
                RunningQueryService service = start(database)) {
            topic.commit(zeroCreated, oneCreated, consumption(1));
            service.awaitReady();

            setReachable(database, false);
            RecordedEvent next = consumption(2);
            topic.commit(next);

            service.awaitNotReady("cannot be written");
            HttpResponse<String> answer = service.get("/v1/tokens/" + zero);
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.headers().firstValue("Retry-After")).contains("1");
            assertThat(json(answer).required("code").asString()).isEqualTo("DATABASE_UNAVAILABLE");

            setReachable(database, true);

            service.awaitReady();
            assertThat(service.get("/v1/tokens/" + zero, next.position()).statusCode())
                    .isEqualTo(200);
            assertThat(consumed(service)).isEqualTo(2);
        }
    }

    /** PostgreSQL crashes: what was committed is there afterwards, and is not counted twice. */
    @Test
    void theViewSurvivesACrashOfPostgres() {
        try (LedgerTopic topic = new LedgerTopic();
                RunningQueryService service = start(infrastructure.newQueryDatabase())) {
            topic.commit(zeroCreated, oneCreated, consumption(1));
            service.awaitReady();

            infrastructure.killAndRestartPostgres();

            RecordedEvent next = consumption(2);
            topic.commit(next);
            service.awaitReady();
            assertThat(service.get("/v1/tokens/" + zero, next.position()).statusCode())
                    .isEqualTo(200);
            assertThat(consumed(service)).isEqualTo(2);
        }
    }

    /** Kafka crashes: the service goes on answering, and afterwards the view goes on. */
    @Test
    void theViewSurvivesACrashOfKafka() {
        try (RunningQueryService service = start(infrastructure.newQueryDatabase())) {
            try (LedgerTopic topic = new LedgerTopic()) {
                topic.commit(zeroCreated, oneCreated, consumption(1));
                service.awaitReady();
            }

            infrastructure.killAndRestartKafka();

            assertThat(service.readiness().statusCode()).isEqualTo(200);
            assertThat(consumed(service)).isEqualTo(1);
            RecordedEvent next = consumption(2);
            try (LedgerTopic topic = new LedgerTopic()) {
                topic.commit(next);
            }
            assertThat(service.get("/v1/tokens/" + zero, next.position()).statusCode())
                    .isEqualTo(200);
            assertThat(consumed(service)).isEqualTo(2);
        }
    }

    /**
     * Lets nobody into the database any more, and throws out who is there; or lets them in again.
     */
    private static void setReachable(QueryDatabase database, boolean reachable)
            throws SQLException {
        try (Connection superuser = database.server().superuser("postgres");
                Statement statement = superuser.createStatement()) {
            statement.execute(
                    "ALTER DATABASE %s WITH ALLOW_CONNECTIONS %s"
                            .formatted(database.name(), reachable));
            if (!reachable) {
                statement.execute(
                        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '%s'"
                                .formatted(database.name()));
            }
        }
    }

    private static RunningQueryService start(QueryDatabase database) {
        return RunningQueryService.start(database, PARTITIONS);
    }

    /** Why a partition has stopped, as operators are told; the same for every projection. */
    private static JsonNode stopped(RunningQueryService service, int partition) {
        JsonNode projection =
                json(service.get("/v1/projections")).required("projections").required(0);
        assertThat(projection.required("state").asString()).isEqualTo("stopped");
        return projection.required("partitions").required(partition).required("stopped");
    }

    /** The next consumption of the token in partition 0: one unit. */
    private RecordedEvent consumption(long totalAfter) {
        return ledger.record(zero, new QuotaConsumed("u" + totalAfter, 1, null, totalAfter, false));
    }

    private long consumed(RunningQueryService service) {
        return json(service.get("/v1/tokens/" + zero)).required("consumed").asLong();
    }

    private TokenId tokenIn(int partition) {
        TokenId token = ledger.newTokenId();
        while (ledger.partitionOf(token) != partition) {
            token = ledger.newTokenId();
        }
        return token;
    }
}
