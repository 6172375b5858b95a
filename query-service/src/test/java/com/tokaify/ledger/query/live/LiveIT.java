package com.tokaify.ledger.query.live;

import static com.tokaify.ledger.query.RunningQueryService.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.tokaify.ledger.events.RecordedEvent;
import com.tokaify.ledger.events.TokenEvent.QuotaConsumed;
import com.tokaify.ledger.events.TokenEvent.TokenCreated;
import com.tokaify.ledger.events.codec.StrictJson;
import com.tokaify.ledger.events.id.AccountId;
import com.tokaify.ledger.events.id.CatalogId;
import com.tokaify.ledger.events.id.StreamId;
import com.tokaify.ledger.query.LedgerTopic;
import com.tokaify.ledger.query.RandomHistory;
import com.tokaify.ledger.query.RunningQueryService;
import com.tokaify.ledger.query.live.SentEvents.SentEvent;
import com.tokaify.ledger.testkit.Await;
import com.tokaify.ledger.testkit.LedgerInfrastructure;
import com.tokaify.ledger.testkit.QueryDatabase;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Listeners of the real service while it is stopped and started again under them. */
class LiveIT {
    private static final int PARTITIONS = 4;
    private static final int ROUNDS = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final List<RecordedEvent> HISTORY = RandomHistory.of(11, PARTITIONS, 1500);

    private static QueryDatabase database;
    private static LedgerTopic topic;
    private static volatile @Nullable RunningQueryService service;

    @BeforeAll
    static void start() {
        LedgerInfrastructure.get().recreateTopics(PARTITIONS);
        topic = new LedgerTopic();
        database = LedgerInfrastructure.get().newQueryDatabase();
        service = newService();
    }

    @AfterAll
    static void stop() {
        running().close();
        topic.close();
    }

    private static RunningQueryService newService() {
        RunningQueryService started =
                RunningQueryService.start(
                        database,
                        PARTITIONS,
                        "LEDGER_QUERY_LIVE_PAUSE=20ms",
                        "LEDGER_QUERY_LIVE_HEARTBEAT=100ms");
        started.awaitReady();
        return started;
    }

    private static RunningQueryService running() {
        RunningQueryService now = service;
        if (now == null) {
            throw new IllegalStateException("the service is being started again");
        }
        return now;
    }

    /**
     * However often its connection ends and the service is started again, a listener is told of
     * every change once; of consumption at least of the last of each token, and never of an earlier
     * one after a later one.
     */
    @Test
    void aListenerMissesNothingAndGetsNothingTwice() throws Exception {
        Map<StreamId, AccountId> owners = owners();
        AccountId account = owners.values().iterator().next();
        StreamId token =
                owners.entrySet().stream()
                        .filter(owner -> owner.getValue().equals(account))
                        .map(Map.Entry::getKey)
                        .findFirst()
                        .orElseThrow();
        List<Follower> followers =
                List.of(
                        new Follower("", _ -> true, 1),
                        new Follower(
                                "?accountId=" + account,
                                event ->
                                        event.stream() instanceof CatalogId
                                                || event.stream().equals(account)
                                                || account.equals(owners.get(event.stream())),
                                2),
                        new Follower(
                                "?tokenId=" + token, event -> event.stream().equals(token), 3));
        followers.forEach(Follower::start);
        Await.until(PATIENCE, "all listen", () -> followers.stream().allMatch(Follower::listens));

        int size = HISTORY.size() / ROUNDS;
        for (int round = 0; round < ROUNDS; round++) {
            List<RecordedEvent> part =
                    HISTORY.subList(
                            round * size,
                            round == ROUNDS - 1 ? HISTORY.size() : (round + 1) * size);
            for (int from = 0; from < part.size(); from += 25) {
                topic.commit(part.subList(from, Math.min(part.size(), from + 25)));
            }
            if (round < ROUNDS - 1) {
                restart();
            }
        }

        for (Follower follower : followers) {
            follower.awaitAll();
        }
        for (Follower follower : followers) {
            follower.stop();
            assertThat(follower.changes()).isEqualTo(follower.expectedChanges());
            assertThat(follower.failures).isEmpty();
            assertThat(follower.connections)
                    .as("connections of " + follower.parameters)
                    .hasValueGreaterThanOrEqualTo(ROUNDS);
        }
    }

    /** Nothing between here and a browser may keep what is sent. */
    @Test
    void theAnswerIsAStreamNobodyKeeps() throws IOException {
        HttpResponse<InputStream> answer = running().open("/v1/live");
        answer.body().close();

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type"))
                .contains("text/event-stream;charset=UTF-8");
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(answer.headers().firstValue("X-Accel-Buffering")).contains("no");
    }

    /** A listener whose answer is thrown away would listen for ever. */
    @Test
    void nobodyListensWithoutABody() {
        assertThat(running().head("/v1/live")).isEqualTo(405);
        assertThat(running().head("/v1/audit/export?format=csv")).isEqualTo(405);
    }

    /** An id that is none is refused by name. */
    @Test
    void refusesABadIdByName() {
        HttpResponse<String> answer = running().get("/v1/live", "Last-Event-ID", "17");

        assertThat(answer.statusCode()).isEqualTo(400);
        JsonNode error = json(answer).required("errors").required(0);
        assertThat(error.required("field").asString()).isEqualTo("Last-Event-ID");
        assertThat(running().get("/v1/live?accountId=x").statusCode()).isEqualTo(400);
        assertThat(running().get("/v1/live?since=x").statusCode()).isEqualTo(400);
    }

    /** Listeners do not hold up the end of the service. */
    private static void restart() {
        RunningQueryService old = running();
        service = null;
        long begin = System.nanoTime();
        old.close();
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(15));
        service = newService();
    }

    private static Map<StreamId, AccountId> owners() {
        Map<StreamId, AccountId> owners = new HashMap<>();
        for (RecordedEvent event : HISTORY) {
            if (event.event() instanceof TokenCreated created) {
                owners.put(event.stream(), created.accountId());
            }
        }
        return owners;
    }

    /** A listener that loses its connection again and again, by chance and by the service's end. */
    private static final class Follower {
        private final String parameters;
        private final Predicate<RecordedEvent> concerned;
        private final Random random;
        private final List<String> received = Collections.synchronizedList(new ArrayList<>());
        private final List<String> failures = Collections.synchronizedList(new ArrayList<>());
        private final Thread thread = Thread.ofVirtual().unstarted(this::follow);
        private volatile boolean stopping;
        private final AtomicInteger connections = new AtomicInteger();
        private volatile SentEvents events =
                new SentEvents(new BufferedReader(Reader.nullReader()), "");

        private Follower(String parameters, Predicate<RecordedEvent> concerned, long seed) {
            this.parameters = parameters;
            this.concerned = concerned;
            this.random = new Random(seed);
        }

        private void start() {
            thread.start();
        }

        private boolean listens() {
            return !events.lastId().isEmpty();
        }

        private void follow() {
            while (!stopping) {
                try {
                    listen(Await.until(PATIENCE, "a service", LiveIT::running, _ -> true));
                } catch (IOException | RuntimeException e) {
                    // The connection ended, or there was none: back with the last id.
                }
            }
        }

        private void listen(RunningQueryService now) throws IOException {
            String lastId = events.lastId();
            HttpResponse<InputStream> answer =
                    lastId.isEmpty()
                            ? now.open("/v1/live" + parameters)
                            : now.open("/v1/live" + parameters, "Last-Event-ID", lastId);
            try (BufferedReader lines =
                    new BufferedReader(new InputStreamReader(answer.body(), UTF_8))) {
                if (answer.statusCode() != 200) {
                    return;
                }
                connections.incrementAndGet();
                events = new SentEvents(lines, lastId);
                int left = 1 + random.nextInt(120);
                Optional<SentEvent> event = events.next();
                while (event.isPresent() && !stopping) {
                    receive(event.get(), now);
                    if (--left == 0) {
                        return;
                    }
                    event = events.next();
                }
            }
        }

        private void receive(SentEvent event, RunningQueryService now) {
            received.add(event.data());
            if (event.name().equals("reset")) {
                failures.add("reset: " + event.data());
            } else if (event.data().contains(".token-created.v1")) {
                String token =
                        StrictJson.MAPPER.readTree(event.data()).required("subject").asString();
                if (now.get("/v1/tokens/" + token).body().contains("TOKEN_NOT_FOUND")) {
                    failures.add(token + " was told of and cannot be seen");
                }
            }
        }

        private void awaitAll() {
            Await.until(
                    PATIENCE,
                    "everything was told to " + parameters,
                    () ->
                            changes().size() >= expectedChanges().size()
                                    && lastUses().equals(expectedLastUses()));
        }

        private void stop() {
            stopping = true;
            thread.interrupt();
        }

        /** The ids of all changes but consumption, sorted; one that came twice is there twice. */
        private List<String> changes() {
            return events().stream()
                    .filter(event -> !isConsumption(event))
                    .map(event -> event.required("id").asString())
                    .sorted()
                    .toList();
        }

        private List<String> expectedChanges() {
            return HISTORY.stream()
                    .filter(concerned)
                    .filter(event -> !(event.event() instanceof QuotaConsumed))
                    .map(event -> event.stream() + ":" + event.sequence())
                    .sorted()
                    .toList();
        }

        /** The last consumption of each token; complains of one that came after a later one. */
        private Map<String, Long> lastUses() {
            Map<String, Long> last = new HashMap<>();
            for (JsonNode event : events()) {
                if (isConsumption(event)) {
                    String subject = event.required("subject").asString();
                    long sequence = event.required("sequence").asLong();
                    Long before = last.put(subject, sequence);
                    if (before != null && before >= sequence) {
                        failures.add(subject + ": " + sequence + " after " + before);
                    }
                }
            }
            return last;
        }

        private Map<String, Long> expectedLastUses() {
            Map<String, Long> last = new HashMap<>();
            HISTORY.stream()
                    .filter(concerned)
                    .filter(event -> event.event() instanceof QuotaConsumed)
                    .forEach(event ->
                            last.merge(event.stream().toString(), event.sequence(), Math::max));
            return last;
        }

        private List<JsonNode> events() {
            return List.copyOf(received).stream()
                    .map(StrictJson.MAPPER::readTree)
                    .filter(event -> event.has("id"))
                    .toList();
        }

        private static boolean isConsumption(JsonNode event) {
            return event.required("type").asString().endsWith(".quota-consumed.v1");
        }
    }
}
