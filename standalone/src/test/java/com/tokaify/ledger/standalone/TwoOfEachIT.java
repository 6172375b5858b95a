package com.tokaify.ledger.standalone;

import static com.tokaify.ledger.standalone.LedgerPort.COMMAND;
import static com.tokaify.ledger.standalone.LedgerPort.ENFORCEMENT;
import static com.tokaify.ledger.standalone.LedgerPort.QUERY;
import static org.assertj.core.api.Assertions.assertThat;

import com.tokaify.ledger.standalone.LedgerClient.Answer;
import com.tokaify.ledger.testkit.Await;
import com.tokaify.ledger.testkit.Browser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two of each service, all of them replaced one by one under load, as an upgrade does: nothing is
 * lost, nothing is doubled, no caller whose balancer tries once more ever sees a 5xx, and nobody
 * has to sign in again. Then each command-service is killed, and the other takes over within
 * seconds what one alone may do.
 */
class TwoOfEachIT {
    private static final Duration LIMIT = Duration.ofMinutes(3);

    /** A dead consumer is missed after 6 seconds; Kafka's own 45 would be too long. */
    private static final Duration TAKE_OVER = Duration.ofSeconds(25);

    private static final int BETWEEN_RESTARTS = 20;

    /** So that each console answers, or would. */
    private static final int LOOKS_BETWEEN_RESTARTS = 4;

    /** So many that both instances read the usage of some. */
    private static final int TOKENS = 12;

    @TempDir private Path folder;

    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    private final Set<String> tried = ConcurrentHashMap.newKeySet();
    private final Set<String> created = ConcurrentHashMap.newKeySet();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final AtomicInteger counter = new AtomicInteger();
    private final AtomicInteger looks = new AtomicInteger();
    private final Pace pace = new Pace(Duration.ofMillis(60));

    @Test
    void rollingRestartLosesNothingDoublesNothingAndIsNotSeen() throws Exception {
        try (TwoOfEach ledger = new TwoOfEach(folder)) {
            LedgerClient client = ledger.client();
            String account = client.accountWith(1_000_000_000);
            Answer token = client.createToken(account, "");
            String tokenId = token.text("tokenId");
            String secret = token.text("secret");
            awaitKnown(client, secret);
            try (Browser browser = ledger.signedInBrowser();
                    ExecutorService workers = Executors.newFixedThreadPool(6)) {
                workers.execute(() -> lookAt(browser, tokenId));
                workers.execute(() -> consumeAndRead(client, tokenId));
                workers.execute(() -> reportUsage(client, tokenId));
                workers.execute(() -> reserveAndSettle(client, secret));
                workers.execute(() -> verify(client, secret));
                workers.execute(() -> create(client, account));
                try {
                    restartOneByOne(ledger);
                } finally {
                    pace.stop();
                }
                workers.shutdown();
                assertThat(workers.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
            }
            assertThat(failures).isEmpty();
            judge(ledger, account, tokenId);
            killEachCommandService(ledger);
            judge(ledger, account, tokenId);
        }
    }

    /** Two calls in a row are answered by both instances. */
    private static void awaitKnown(LedgerClient client, String secret) {
        Await.until(
                LIMIT,
                "both allow the token",
                () ->
                        List.of(
                                client.verify(secret, "").text("code"),
                                client.verify(secret, "").text("code")),
                codes -> codes.equals(List.of("OK", "OK")));
    }

    private void restartOneByOne(TwoOfEach ledger) throws Exception {
        for (TwoOfEach.Instance instance : ledger.instances()) {
            awaitMore("before " + instance.name());
            assertThat(instance.stop()).as(instance.name() + " ends when it is asked to").isTrue();
            awaitMore("without " + instance.name());
            instance.start();
        }
        awaitMore("at the end");
    }

    private void awaitMore(String when) {
        int enough = acknowledged.size() + BETWEEN_RESTARTS;
        int enoughLooks = looks.get() + LOOKS_BETWEEN_RESTARTS;
        Await.until(LIMIT, "usage " + when, acknowledged::size, size -> size >= enough);
        Await.until(LIMIT, "looks " + when, looks::get, made -> made >= enoughLooks);
    }

    private void consumeAndRead(LedgerClient client, String token) {
        while (pace.goesOn()) {
            String usageId = tries("strict-");
            Answer consumed =
                    answer(
                            "consumption",
                            () ->
                                    client.post(
                                            COMMAND,
                                            "/v1/tokens/" + token + "/consumptions",
                                            "{\"usageId\":\"" + usageId + "\",\"amount\":1}"));
            if (consumed.status() == 201) {
                acknowledged.add(usageId);
                answer(
                        "reading one's own write",
                        () -> client.get(QUERY, "/v1/tokens/" + token, consumed.position()));
            }
        }
    }

    private void reportUsage(LedgerClient client, String token) {
        while (pace.goesOn()) {
            String usageId = tries("reported-");
            if (answer("usage", () -> client.report(token, usageId, 1)).status() == 202) {
                acknowledged.add(usageId);
            }
        }
    }

    private void reserveAndSettle(LedgerClient client, String secret) {
        while (pace.goesOn()) {
            Answer reserved =
                    answer(
                            "reservation",
                            () ->
                                    client.post(
                                            ENFORCEMENT,
                                            "/v1/reservations",
                                            "{\"secret\":\"" + secret + "\",\"amount\":2}"));
            String id = reserved.json().path("reservation").path("reservationId").asString("");
            if (!id.isEmpty()) {
                Answer settled =
                        answer(
                                "settlement",
                                () ->
                                        client.post(
                                                ENFORCEMENT,
                                                "/v1/reservations/" + id + "/settle",
                                                "{\"amount\":1}"));
                if (settled.status() == 200) {
                    acknowledged.add(settled.text("usageId"));
                }
            }
        }
    }

    private void verify(LedgerClient client, String secret) {
        while (pace.goesOn()) {
            Answer verified = answer("check", () -> client.verify(secret, ""));
            if (verified.status() == 200 && !verified.text("code").equals("OK")) {
                failures.add("check: " + verified.json());
            }
        }
    }

    private void create(LedgerClient client, String account) {
        for (int i = 0; pace.goesOn(); i++) {
            String name = "created-" + i;
            Answer answer =
                    answer(
                            "creation",
                            () ->
                                    client.post(
                                            COMMAND,
                                            "/v1/tokens",
                                            "{\"accountId\":\"%s\",\"name\":\"%s\",\"group\":\"default\"}"
                                                    .formatted(account, name),
                                            name));
            if (answer.status() == 201) {
                created.add(name);
            }
        }
    }

    /** Whoever is signed in stays so, and is shown what they ask for, whichever console answers. */
    private void lookAt(Browser browser, String token) {
        while (pace.goesOn()) {
            for (String path : List.of("/api/me", "/api/query/v1/tokens/" + token)) {
                try {
                    Browser.Answer answer = browser.get(path);
                    if (answer.status() != 200) {
                        failures.add(path + ": " + answer.status() + " " + answer.body());
                    }
                } catch (UncheckedIOException e) {
                    failures.add(path + ": " + e);
                }
            }
            looks.incrementAndGet();
        }
    }

    private String tries(String kind) {
        String usageId = kind + counter.incrementAndGet();
        tried.add(usageId);
        return usageId;
    }

    @FunctionalInterface
    private interface Call {
        Answer make() throws IOException, InterruptedException;
    }

    /** Every call has to be answered, and with no 5xx. */
    private Answer answer(String what, Call call) {
        try {
            Answer answer = call.make();
            if (answer.status() >= 500) {
                failures.add(what + ": " + answer.status() + " " + answer.json());
            }
            return answer;
        } catch (IOException e) {
            failures.add(what + ": " + e);
            throw new IllegalStateException(what + " was not answered", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private void judge(TwoOfEach ledger, String account, String token) {
        EventTopic topic =
                EventTopic.mustBookOnce(LIMIT, ledger::topic, token, acknowledged, tried);
        Map<String, Long> creations = topic.creations(account);
        assertThat(creations).containsKeys(created.toArray(String[]::new));
        assertThat(creations.values()).containsOnly(1L);
        LedgerClient client = ledger.client();
        long consumed = topic.consumed(token);
        Await.until(
                LIMIT,
                "both views agree with the topic",
                () ->
                        List.of(
                                client.get(QUERY, "/v1/tokens/" + token).number("consumed"),
                                client.get(QUERY, "/v1/tokens/" + token).number("consumed")),
                read -> read.equals(List.of(consumed, consumed)));
    }

    /**
     * Whichever of the two relays and books, the other one does so soon, in all partitions that the
     * dead one had.
     */
    private void killEachCommandService(TwoOfEach ledger) throws Exception {
        LedgerClient client = ledger.client();
        String account = client.accountWith(1_000_000);
        List<String> tokens = new ArrayList<>();
        for (int i = 0; i < TOKENS; i++) {
            Answer token = client.createToken(account, "");
            awaitKnown(client, token.text("secret"));
            tokens.add(token.text("tokenId"));
        }
        for (TwoOfEach.Instance instance : ledger.instances("command-service")) {
            instance.kill();
            String usageId = tries("after-kill-");
            for (String token : tokens) {
                assertThat(client.report(token, usageId, 1).status()).isEqualTo(202);
            }
            Await.until(
                    TAKE_OVER,
                    "the other has taken over from " + instance.name(),
                    ledger::topic,
                    read ->
                            tokens.stream()
                                    .allMatch(token -> read.bookings(token).containsKey(usageId)));
            instance.start();
        }
    }
}
