package com.tokaify.ledger.command.idempotency;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.tokaify.ledger.command.LedgerInstance;
import com.tokaify.ledger.command.RunningCommandService;
import com.tokaify.ledger.command.RunningCommandService.Answer;
import com.tokaify.ledger.events.StoredEvent;
import com.tokaify.ledger.events.codec.EventType;
import com.tokaify.ledger.testkit.LedgerDatabase;
import com.tokaify.ledger.testkit.LedgerInfrastructure;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Requests with an {@code Idempotency-Key}, at one instance and at two of one ledger. */
class IdempotencyIT {
    private static final int AT_A_TIME = 50;

    private static LedgerDatabase database;
    private static RunningCommandService one;
    private static RunningCommandService two;

    @BeforeAll
    static void start() {
        LedgerInfrastructure.get().recreateTopics(LedgerInstance.PARTITIONS);
        database = LedgerInfrastructure.get().newLedgerDatabase();
        one = RunningCommandService.on(database);
        two = RunningCommandService.on(database);
    }

    @AfterAll
    static void stop() {
        one.close();
        two.close();
    }

    /** However many come at a time and wherever, the first is done and all are answered like it. */
    @Test
    void fiftyIdenticalRequestsAtTwoInstancesAreOne() throws Exception {
        Set<String> answers = new HashSet<>();
        try (ExecutorService callers = Executors.newFixedThreadPool(AT_A_TIME)) {
            List<Future<Answer>> calls = new ArrayList<>();
            for (int i = 0; i < AT_A_TIME; i++) {
                RunningCommandService service = i % 2 == 0 ? one : two;
                calls.add(callers.submit(() -> open(service, "fifty", "Fifty")));
            }
            for (Future<Answer> call : calls) {
                Answer answer = call.get();
                assertThat(answer.status()).as(answer.json().toString()).isEqualTo(201);
                answers.add(
                        answer.json()
                                + " "
                                + answer.header("Ledger-Position")
                                + answer.header("ETag"));
            }
        }
        assertThat(answers).hasSize(1);
        assertThat(opened("Fifty")).hasSize(1);
    }

    /**
     * The answer got lost, the instance died, another one is asked: what was done is answered, and
     * nothing is done again, also where the ledger has gone on meanwhile.
     */
    @Test
    void aLostAnswerIsGivenByAnotherInstance() throws Exception {
        Answer first = open(one, "lost", "Lost");
        String account = first.text("accountId");
        assertThat(one.post("/v1/accounts/" + account + "/suspend", "{}").status()).isEqualTo(200);

        Answer again = open(two, "lost", "Lost");

        assertThat(again.status()).isEqualTo(201);
        assertThat(again.json()).isEqualTo(first.json());
        assertThat(again.header("Ledger-Position")).isEqualTo(first.header("Ledger-Position"));
        assertThat(again.header("ETag")).isEqualTo(first.header("ETag"));
        assertThat(opened("Lost")).hasSize(1);
    }

    /** A repetition of a command that changed nothing is answered like the first as well. */
    @Test
    void aCommandThatMadeNoEventIsAnsweredAlike() throws Exception {
        String account = open(one, "no-event", "Quiet").text("accountId");
        String resume = "/v1/accounts/" + account + "/resume";

        Answer first = send(one, resume, "resume-1", "{}");
        Answer again = send(two, resume, "resume-1", "{}");

        assertThat(first.status()).isEqualTo(200);
        assertThat(again.json()).isEqualTo(first.json());
        assertThat(again.header("ETag")).isEqualTo(first.header("ETag"));
    }

    /** A key stands for one request: another body, path or condition under it is refused. */
    @Test
    void theSameKeyForAnotherRequestIsRefused() throws Exception {
        String account = open(one, "reused", "Reused").text("accountId");
        String suspend = "/v1/accounts/" + account + "/suspend";
        List<Answer> others =
                List.of(
                        open(one, "reused", "Other"),
                        open(two, "reused", "Reused "),
                        send(one, suspend, "reused", "{}"));
        for (Answer other : others) {
            assertThat(other.status()).isEqualTo(422);
            assertThat(other.text("code")).isEqualTo("IDEMPOTENCY_KEY_REUSED");
        }
        assertThat(opened("Other")).isEmpty();
        assertThat(eventsOf(account)).hasSize(1);
    }

    /** A refusal has changed nothing and is not kept: the same request may succeed later. */
    @Test
    void aRefusalIsDecidedAnew() throws Exception {
        String account = open(one, "refused", "Refused").text("accountId");
        String body =
                "{\"accountId\":\"%s\",\"name\":\"ci\",\"group\":\"later\"}".formatted(account);
        assertThat(send(one, "/v1/tokens", "later-1", body).text("code"))
                .isEqualTo("GROUP_NOT_FOUND");
        assertThat(
                        one.send(
                                        one.request("/v1/groups/later")
                                                .header("Content-Type", "application/json")
                                                .PUT(
                                                        BodyPublishers.ofString(
                                                                "{\"displayName\":\"Later\"}")))
                                .status())
                .isEqualTo(200);

        assertThat(send(two, "/v1/tokens", "later-1", body).status()).isEqualTo(201);
    }

    /** The kept answer of a creation holds no secret, and is answered with it all the same. */
    @Test
    void theSecretOfACreationIsAnsweredAgainAndNotKept() throws Exception {
        String account = open(one, "secret", "Secret").text("accountId");
        String body =
                "{\"accountId\":\"%s\",\"name\":\"ci\",\"group\":\"default\"}".formatted(account);

        Answer first = send(one, "/v1/tokens", "token-1", body);
        Answer again = send(two, "/v1/tokens", "token-1", body);

        assertThat(first.status()).as(first.json().toString()).isEqualTo(201);
        assertThat(again.status()).as(again.json().toString()).isEqualTo(201);
        assertThat(again.json()).isEqualTo(first.json());
        assertThat(kept()).isNotEmpty().noneMatch(text -> text.contains("sk-"));
        assertThat(kept())
                .noneMatch(text -> text.contains(first.text("secret").substring("sk-".length())));
    }

    static List<String> malformedKeys() {
        return List.of("a b", "x".repeat(256));
    }

    /** A key that cannot be one is refused by name, before anything happens. */
    @ParameterizedTest
    @MethodSource("malformedKeys")
    void aMalformedKeyIsRefused(String key) throws Exception {
        Answer answer = open(one, key, "Malformed");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().at("/errors/0/field").asString()).isEqualTo("Idempotency-Key");
        assertThat(opened("Malformed")).isEmpty();
    }

    /** A change on the condition that nobody changed it meanwhile is refused where somebody did. */
    @Test
    void aStaleConditionIsRefusedWithoutAnEvent() throws Exception {
        Answer opened = open(one, "condition", "Condition");
        String account = opened.text("accountId");
        String seen = opened.header("ETag").orElseThrow();
        String suspend = "/v1/accounts/" + account + "/suspend";
        assertThat(one.post(suspend, "{}").status()).isEqualTo(200);

        Answer stale =
                two.send(
                        two.request("/v1/accounts/" + account + "/resume")
                                .header("If-Match", seen)
                                .POST(BodyPublishers.noBody()));

        assertThat(stale.status()).isEqualTo(412);
        assertThat(stale.text("code")).isEqualTo("CHANGED_MEANWHILE");
        assertThat(eventsOf(account)).hasSize(2);
    }

    private static Answer open(RunningCommandService service, String key, String name)
            throws Exception {
        return send(service, "/v1/accounts", key, "{\"name\":\"%s\"}".formatted(name));
    }

    private static Answer send(RunningCommandService service, String path, String key, String body)
            throws Exception {
        return service.send(
                service.request(path)
                        .header("Content-Type", "application/json")
                        .header("Idempotency-Key", key)
                        .POST(BodyPublishers.ofString(body)));
    }

    private static List<StoredEvent> opened(String name) throws Exception {
        return LedgerInstance.stored(database).stream()
                .filter(event -> event.type() == EventType.ACCOUNT_OPENED)
                .filter(event -> new String(event.payload(), UTF_8).contains("\"" + name + "\""))
                .toList();
    }

    private static List<StoredEvent> eventsOf(String stream) throws Exception {
        return LedgerInstance.stored(database).stream()
                .filter(event -> event.stream().toString().equals(stream))
                .toList();
    }

    /** Everything that is kept, as text. */
    private static List<String> kept() throws Exception {
        List<String> texts = new ArrayList<>();
        try (var connection = database.superuser();
                var statement = connection.createStatement();
                var row =
                        statement.executeQuery(
                                "select convert_from(answer, 'UTF8') from ledger.idempotency"
                                        + " where answer is not null")) {
            while (row.next()) {
                texts.add(row.getString(1));
            }
        }
        return texts;
    }
}
