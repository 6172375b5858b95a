package com.tokaify.ledger.query.projection;

import static com.tokaify.ledger.query.RunningQueryService.json;
import static com.tokaify.ledger.query.ScriptedLedger.tokenCreated;
import static org.assertj.core.api.Assertions.assertThat;

import com.tokaify.ledger.events.RecordedEvent;
import com.tokaify.ledger.events.TokenEvent.QuotaConsumed;
import com.tokaify.ledger.events.TokenEvent.TokenRenamed;
import com.tokaify.ledger.events.id.AccountId;
import com.tokaify.ledger.events.id.TokenId;
import com.tokaify.ledger.events.kafka.Topics;
import com.tokaify.ledger.query.LedgerTopic;
import com.tokaify.ledger.query.RandomHistory;
import com.tokaify.ledger.query.RunningQueryService;
import com.tokaify.ledger.query.ScriptedLedger;
import com.tokaify.ledger.testkit.Await;
import com.tokaify.ledger.testkit.LedgerInfrastructure;
import com.tokaify.ledger.testkit.QueryDatabase;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import tools.jackson.databind.JsonNode;

/**
 * Views built anew beside the live ones, which go on, and are replaced without anybody noticing.
 */
class RebuildIT {
    private static final int PARTITIONS = ViewDatabase.PARTITIONS;
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    /** So that a rebuild lasts long enough to be looked at. */
    private static final String SLOWLY = "LEDGER_QUERY_MAX_BATCH_EVENTS=1";

    private final LedgerInfrastructure infrastructure = LedgerInfrastructure.get();
    private final QueryDatabase database = infrastructure.newQueryDatabase();
    private final JdbcClient jdbc =
            JdbcClient.create(
                    new DriverManagerDataSource(
                            database.jdbcUrl(), "query_service", database.password()));

    @TempDir private Path temporary;

    @BeforeEach
    void freshTopics() {
        infrastructure.recreateTopics(PARTITIONS);
    }

    /**
     * Events stream in and readers read while the views are rebuilt and swapped: every answer is
     * right for its place in the history, none is an error, none is older than one before; and in
     * the end the views are, byte for byte, what they would have been without all that.
     */
    @Test
    void aRebuildUnderLoadIsSeenByNobody() throws Exception {
        List<RecordedEvent> history = RandomHistory.of(42, PARTITIONS, 4000);
        Answers answers = new Answers(history);
        try (LedgerTopic topic = new LedgerTopic();
                RunningQueryService service = start("--LEDGER_QUERY_MAX_BATCH_EVENTS=100");
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            topic.commit(history.subList(0, 1000));
            service.awaitReady();
            // Makes the document that answers are held to, which takes long.
            assertThat(service.get("/v1/projections").statusCode()).isEqualTo(200);
            long before = view();
            // What no event says is wrong, and only a view built anew is without it.
            damage("INSERT INTO read.account_totals VALUES (gen_random_uuid(), 1, 1, 1)");

            AtomicBoolean over = new AtomicBoolean();
            AtomicInteger written = new AtomicInteger(1000);
            List<Future<?>> busy = new ArrayList<>();
            busy.add(threads.submit(() -> write(topic, history, written, over)));
            for (int reader = 0; reader < 3; reader++) {
                busy.add(threads.submit(() -> answers.ask(service, written, over)));
            }
            try {
                assertThat(service.post("/v1/projections/books/rebuild").statusCode())
                        .isEqualTo(202);
                awaitPhase(service, "done");
            } finally {
                over.set(true);
            }
            for (Future<?> each : busy) {
                each.get();
            }
            topic.commit(history.subList(written.get(), history.size()));
            assertThat(view()).isNotEqualTo(before);
            awaitTheWholeHistory(service, history);
        }
        assertThat(answers.count()).isGreaterThan(30);
        assertThat(schemas()).containsExactly("read");
        ViewDatabase.assertIsViewOf(jdbc, history);
    }

    /**
     * Who asks several questions at one moment is answered from one view, however the views are
     * swapped meanwhile; the swap comes right after.
     */
    @Test
    void whoAsksAtOneMomentKeepsItsView() {
        List<RecordedEvent> history = RandomHistory.of(45, PARTITIONS, 300);
        DriverManagerDataSource source =
                new DriverManagerDataSource(
                        database.jdbcUrl() + "?currentSchema=read",
                        "query_service",
                        database.password());
        JdbcClient questions = JdbcClient.create(source);
        try (LedgerTopic topic = new LedgerTopic();
                RunningQueryService service = start()) {
            topic.commit(history);
            awaitTheWholeHistory(service, history);
            long before = view();

            List<Long> answers =
                    new OneMoment(source)
                            .ask(() -> {
                                long first = tokens(questions);
                                assertThat(service.post("/v1/projections/all/rebuild").statusCode())
                                        .isEqualTo(202);
                                awaitSwapOrItsWaiting(service);
                                return List.of(first, tokens(questions));
                            });

            assertThat(answers.getFirst()).isPositive();
            assertThat(answers.getLast()).isEqualTo(answers.getFirst());
            awaitPhase(service, "done");
            assertThat(view()).isNotEqualTo(before);
        }
    }

    /** A name nobody knows is no reason to rebuild anything. */
    @Test
    void anUnknownProjectionIsNotRebuilt() {
        try (RunningQueryService service = start()) {
            HttpResponse<String> answer = service.post("/v1/projections/nothing/rebuild");

            assertThat(answer.statusCode()).isEqualTo(404);
            assertThat(json(answer).required("code").asString()).isEqualTo("PROJECTION_NOT_FOUND");
            assertThat(json(service.get("/v1/projections")).required("rebuild").isNull()).isTrue();
        }
    }

    /**
     * The process is killed amid a rebuild: the live views are as they were, what was begun is
     * removed at the next start, and a rebuild then comes to its end.
     */
    @Test
    void aKillAmidARebuildLeavesTheLiveViews() throws Exception {
        List<RecordedEvent> history = RandomHistory.of(43, PARTITIONS, 1200);
        try (LedgerTopic topic = new LedgerTopic()) {
            topic.commit(history.subList(0, 1000));
            try (ServiceProcess service =
                    ServiceProcess.start(temporary, database, PARTITIONS, SLOWLY)) {
                service.awaitReady();
                service.post("/v1/projections/all/rebuild");
                Await.until(
                        PATIENCE, "the second schema fills", () -> rowsOf("read_next"), n -> n > 5);
                topic.commit(history.subList(1000, 1100));
                service.kill();
            }
            assertThat(schemas()).contains("read", "read_next");
            try (RunningQueryService service = start()) {
                service.awaitReady();
                Await.until(PATIENCE, "removed", this::schemas, List.of("read")::equals);
                awaitTheWholeHistory(service, history.subList(0, 1100));
                ViewDatabase.assertIsViewOf(jdbc, history.subList(0, 1100));

                assertThat(service.post("/v1/projections/all/rebuild").statusCode()).isEqualTo(202);
                topic.commit(history.subList(1100, history.size()));
                awaitPhase(service, "done");
                awaitTheWholeHistory(service, history);
            }
        }
        ViewDatabase.assertIsViewOf(jdbc, history);
    }

    /**
     * One rebuild at a time. PostgreSQL crashes amid it, and it goes on afterwards as the live
     * views do.
     */
    @Test
    void aRebuildSurvivesACrashOfPostgres() {
        List<RecordedEvent> history = RandomHistory.of(44, PARTITIONS, 600);
        try (LedgerTopic topic = new LedgerTopic();
                RunningQueryService service = start(SLOWLY)) {
            topic.commit(history);
            service.awaitReady();
            assertThat(service.get("/v1/projections").statusCode()).isEqualTo(200);
            long before = view();
            assertThat(service.post("/v1/projections/all/rebuild").statusCode()).isEqualTo(202);
            HttpResponse<String> again = service.post("/v1/projections/books/rebuild");
            assertThat(again.statusCode()).isEqualTo(409);
            assertThat(json(again).required("code").asString()).isEqualTo("REBUILD_RUNNING");
            Await.until(PATIENCE, "the second schema fills", () -> rowsOf("read_next"), n -> n > 5);

            infrastructure.killAndRestartPostgres();

            awaitPhase(service, "done");
            assertThat(view()).isNotEqualTo(before);
        }
        ViewDatabase.assertIsViewOf(jdbc, history);
    }

    /**
     * A view that contradicts the stream stops a partition at every instance on it; rebuilt by one,
     * it goes on at all of them.
     */
    @Test
    void aRebuildMendsAViewForAllInstances() {
        ScriptedLedger ledger = new ScriptedLedger(PARTITIONS);
        AccountId account = ledger.newAccountId();
        TokenId token = ledger.newTokenId();
        RecordedEvent created = ledger.record(token, tokenCreated(account, "first"));
        RecordedEvent renamed = ledger.record(token, new TokenRenamed("second"));
        int partition = created.position().partition();
        try (LedgerTopic topic = new LedgerTopic();
                RunningQueryService one = start();
                RunningQueryService other = start()) {
            topic.commit(created);
            one.awaitReady();
            other.awaitReady();
            assertThat(one.get("/v1/tokens/" + token, created.position()).statusCode())
                    .isEqualTo(200);
            damage("UPDATE read.token SET sequence = 7");
            topic.commit(renamed);
            one.awaitNotReady("event 8 was to come");
            other.awaitNotReady("event 8 was to come");
            JsonNode stopped =
                    json(other.get("/v1/projections"))
                            .required("projections")
                            .required(0)
                            .required("partitions")
                            .required(partition)
                            .required("stopped");
            assertThat(stopped.required("eventId").asString()).isEqualTo(token + ":1");
            assertThat(stopped.required("type").asString())
                    .isEqualTo("com.tokaify.ledger.token-renamed.v1");
            assertThat(stopped.required("position").asString())
                    .isEqualTo(renamed.position().toString());

            assertThat(one.post("/v1/projections/books/rebuild").statusCode()).isEqualTo(202);

            one.awaitReady();
            other.awaitReady();
            for (RunningQueryService each : List.of(one, other)) {
                assertThat(
                                json(each.get("/v1/tokens/" + token, renamed.position()))
                                        .required("name")
                                        .asString())
                        .isEqualTo("second");
            }
        }
    }

    /** A stream that has lost its beginning cannot make views anew, and the live ones stay. */
    @Test
    void withoutTheBeginningOfTheStreamNothingIsReplaced() throws Exception {
        ScriptedLedger ledger = new ScriptedLedger(PARTITIONS);
        TokenId token = ledger.newTokenId();
        RecordedEvent created = ledger.record(token, tokenCreated(ledger.newAccountId(), "first"));
        RecordedEvent used = ledger.record(token, new QuotaConsumed("u1", 1, null, 1, false));
        int partition = created.position().partition();
        try (LedgerTopic topic = new LedgerTopic();
                RunningQueryService service = start();
                Admin admin =
                        Admin.create(
                                Map.of("bootstrap.servers", infrastructure.kafkaBootstrap()))) {
            topic.commit(created, used);
            service.awaitReady();
            assertThat(service.get("/v1/tokens/" + token, used.position()).statusCode())
                    .isEqualTo(200);
            long before = view();
            admin.deleteRecords(
                            Map.of(
                                    new TopicPartition(Topics.EVENTS, partition),
                                    RecordsToDelete.beforeOffset(1)))
                    .all()
                    .get();

            assertThat(service.post("/v1/projections/all/rebuild").statusCode()).isEqualTo(202);

            JsonNode rebuild = awaitPhase(service, "failed");
            assertThat(rebuild.required("reason").asString())
                    .contains("partition " + partition + " stops before the live view does")
                    .contains("the topic no longer has offset");
            assertThat(view()).isEqualTo(before);
            assertThat(service.readiness().statusCode()).isEqualTo(200);
        }
    }

    private void awaitSwapOrItsWaiting(RunningQueryService service) {
        Await.until(
                PATIENCE,
                "a swap waits, or has been",
                () ->
                        isSwapWaiting()
                                || phase(service).equals("cleaning")
                                || phase(service).equals("done"));
    }

    private boolean isSwapWaiting() {
        return jdbc.sql(
                        "SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted AND mode = 'AccessExclusiveLock')")
                .query(Boolean.class)
                .single();
    }

    private static String phase(RunningQueryService service) {
        return json(service.get("/v1/projections")).required("rebuild").path("phase").asString("");
    }

    private static long tokens(JdbcClient questions) {
        return questions.sql("SELECT count(*) FROM token").query(Long.class).single();
    }

    private RunningQueryService start(String... settings) {
        return RunningQueryService.start(database, PARTITIONS, settings);
    }

    private static void write(
            LedgerTopic topic,
            List<RecordedEvent> history,
            AtomicInteger written,
            AtomicBoolean over) {
        while (!over.get() && written.get() < history.size()) {
            int from = written.get();
            int to = Math.min(from + 5, history.size());
            topic.commit(history.subList(from, to));
            written.set(to);
        }
    }

    private static JsonNode awaitPhase(RunningQueryService service, String phase) {
        return Await.until(
                PATIENCE,
                "the rebuild is " + phase,
                () -> json(service.get("/v1/projections")).required("rebuild"),
                rebuild -> rebuild.path("phase").asString("").equals(phase));
    }

    /** Waits for the last event of every partition. */
    private static void awaitTheWholeHistory(
            RunningQueryService service, List<RecordedEvent> history) {
        for (int partition = 0; partition < PARTITIONS; partition++) {
            int each = partition;
            history.stream()
                    .map(RecordedEvent::position)
                    .filter(position -> position.partition() == each)
                    .reduce((_, later) -> later)
                    .ifPresent(last ->
                            Await.until(
                                    PATIENCE,
                                    "the view is at " + last,
                                    () -> service.get("/v1/groups", last).statusCode(),
                                    status -> status == 200));
        }
    }

    /**
     * The live views equal those of the same events applied at once, in a database of their own.
     */
    private void damage(String sql) {
        assertThat(jdbc.sql(sql).update()).isPositive();
    }

    /** Another number once the views were swapped. */
    private long view() {
        return jdbc.sql("SELECT CAST(CAST('read.projection_position' AS regclass) AS bigint)")
                .query(Long.class)
                .single();
    }

    private long rowsOf(String schema) {
        return jdbc.sql("SELECT sum(pseq) FROM " + schema + ".projection_position")
                .query(Long.class)
                .single();
    }

    private List<String> schemas() {
        return jdbc.sql(
                        "SELECT nspname FROM pg_namespace WHERE nspname LIKE 'read%' ORDER BY nspname")
                .query((row, _) -> row.getString(1))
                .list();
    }
}
