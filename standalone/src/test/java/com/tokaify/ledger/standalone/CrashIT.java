package com.tokaify.ledger.standalone;

import static com.tokaify.ledger.standalone.LedgerPort.COMMAND;
import static com.tokaify.ledger.standalone.LedgerPort.ENFORCEMENT;
import static com.tokaify.ledger.standalone.LedgerPort.QUERY;
import static org.assertj.core.api.Assertions.assertThat;

import com.tokaify.ledger.standalone.LedgerClient.Answer;
import com.tokaify.ledger.testkit.Await;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Every process is killed in turn while usage comes in by both roads and tokens are created. What
 * was acknowledged is in the ledger once; what was not is there once or not at all; a creation that
 * is repeated under its key is answered as the first was, secret and all, whatever died between its
 * commit and its answer; and all readers agree with the topic.
 */
class CrashIT {
    private static final Duration CATCH_UP = Duration.ofMinutes(5);
    private static final Duration REST = Duration.ofMillis(100);
    private static final int WORKERS = 4;
    private static final int USAGES_BETWEEN_KILLS = 40;

    @TempDir private Path temporary;

    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();

    /** What each creation was answered, by its key, which is also the token's name. */
    private final Map<String, JsonNode> created = new ConcurrentHashMap<>();

    private final Set<String> tried = ConcurrentHashMap.newKeySet();
    private final AtomicInteger counter = new AtomicInteger();
    private final CountDownLatch stop = new CountDownLatch(1);

    @Test
    void killingAnyProcessLosesNothingAndDoublesNothing() throws Exception {
        try (RunningLedger ledger = new RunningLedger(temporary.resolve("data"));
                ExecutorService workers = Executors.newFixedThreadPool(WORKERS + 1)) {
            LedgerClient client = ledger.client();
            String account =
                    client.post(COMMAND, "/v1/accounts", "{\"name\":\"Acme\"}").text("accountId");
            Answer created =
                    client.post(
                            COMMAND,
                            "/v1/tokens",
                            "{\"accountId\":\""
                                    + account
                                    + "\",\"name\":\"load\",\"group\":\"default\"}");
            String token = created.text("tokenId");
            Await.until(
                    CATCH_UP,
                    "enforcement knows the token",
                    () -> client.verify(created.text("secret"), ""),
                    answer -> !answer.text("code").equals("TOKEN_NOT_FOUND"));
            for (int i = 0; i < WORKERS; i++) {
                boolean strict = i % 2 == 0;
                workers.execute(() -> report(client, token, strict));
            }
            workers.execute(() -> create(client, account));
            for (String victim :
                    new String[] {
                        "command-service",
                        "postgresql",
                        "kafka",
                        "enforcement-service",
                        "query-service"
                    }) {
                awaitMoreUsage(victim);
                ledger.kill(victim);
                ledger.awaitReady();
            }
            awaitMoreUsage("the supervisor");
            ledger.killSupervisorAndRestart();
            ledger.awaitReady();
            awaitMoreUsage("the end");
            stop.countDown();
            workers.shutdown();
            assertThat(workers.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
            judge(ledger, token);
            judgeCreations(ledger, account);
        }
    }

    /**
     * Reports one usage after the other, each again and again until it is acknowledged, as a
     * gateway does.
     */
    private void report(LedgerClient client, String token, boolean strict) {
        while (goesOn()) {
            String usageId = (strict ? "strict-" : "reported-") + counter.incrementAndGet();
            tried.add(usageId);
            boolean known =
                    Await.until(
                            CATCH_UP,
                            usageId + " is acknowledged",
                            () -> acknowledges(client, token, usageId, strict),
                            yes -> yes || stop.getCount() == 0);
            if (known) {
                acknowledged.add(usageId);
            }
        }
    }

    /**
     * Whether to go on, after a rest: callers that take none leave no processor for what is started
     * again, and on a small machine nothing is ever ready.
     */
    private boolean goesOn() {
        try {
            return !stop.await(REST.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static boolean acknowledges(
            LedgerClient client, String token, String usageId, boolean strict) {
        String usage = "\"usageId\":\"" + usageId + "\",\"amount\":1}";
        try {
            Answer answer =
                    strict
                            ? client.post(
                                    COMMAND, "/v1/tokens/" + token + "/consumptions", "{" + usage)
                            : client.post(
                                    ENFORCEMENT,
                                    "/v1/usage",
                                    "{\"tokenId\":\"" + token + "\"," + usage);
            return answer.status() == (strict ? 201 : 202);
        } catch (IOException e) {
            return false; // the process is gone; nobody knows
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /**
     * Creates one token after the other, each again and again under its key until it is answered.
     */
    private void create(LedgerClient client, String account) {
        for (int i = 0; goesOn(); i++) {
            String key = "created-" + i;
            Await.until(
                    CATCH_UP,
                    key + " is answered",
                    () -> creationIsAnswered(client, account, key),
                    yes -> yes || stop.getCount() == 0);
        }
    }

    private boolean creationIsAnswered(LedgerClient client, String account, String key) {
        try {
            Answer answer = create(client, account, key);
            if (answer.status() == 201) {
                created.put(key, answer.json());
            }
            return answer.status() == 201;
        } catch (IOException e) {
            return false; // the process is gone; nobody knows
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static Answer create(LedgerClient client, String account, String key)
            throws IOException, InterruptedException {
        return client.post(
                COMMAND,
                "/v1/tokens",
                "{\"accountId\":\""
                        + account
                        + "\",\"name\":\""
                        + key
                        + "\",\"group\":\"default\"}",
                key);
    }

    private void judgeCreations(RunningLedger ledger, String account) throws Exception {
        assertThat(created).isNotEmpty();
        for (Map.Entry<String, JsonNode> each : created.entrySet()) {
            Answer again = create(ledger.client(), account, each.getKey());
            assertThat(again.status()).isEqualTo(201);
            assertThat(again.json()).isEqualTo(each.getValue());
        }
        Map<String, Long> creations = ledger.topic().creations();
        assertThat(creations).containsKeys(created.keySet().toArray(String[]::new));
        assertThat(creations.values()).containsOnly(1L);
    }

    private void awaitMoreUsage(String before) {
        int enough = acknowledged.size() + USAGES_BETWEEN_KILLS;
        Await.until(CATCH_UP, "usage before " + before, acknowledged::size, size -> size >= enough);
    }

    private void judge(RunningLedger ledger, String token) {
        EventTopic topic =
                Await.until(
                        CATCH_UP,
                        "all acknowledged usage is on the topic",
                        ledger::topic,
                        read -> read.bookings(token).keySet().containsAll(acknowledged));
        topic.mustBeComplete();
        Map<String, Long> bookings = topic.bookings(token);
        assertThat(bookings.values()).containsOnly(1L);
        assertThat(tried).containsAll(bookings.keySet());
        LedgerClient client = ledger.client();
        Await.until(
                CATCH_UP,
                "the read model agrees with the topic",
                () -> client.get(QUERY, "/v1/tokens/" + token),
                answer -> answer.number("consumed") == ledger.topic().consumed(token));
    }
}
