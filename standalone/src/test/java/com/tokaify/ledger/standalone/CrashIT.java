package com.tokaify.ledger.standalone;

import static com.tokaify.ledger.standalone.LedgerPort.COMMAND;
import static com.tokaify.ledger.standalone.LedgerPort.QUERY;
import static org.assertj.core.api.Assertions.assertThat;

import com.tokaify.ledger.standalone.LedgerClient.Answer;
import com.tokaify.ledger.testkit.Await;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/**
 * Every process is killed in turn while usage comes in by both roads and tokens are created. What
 * was acknowledged is in the ledger once; what was not is there once or not at all; a creation that
 * is repeated under its key is answered as the first was, secret and all, whatever died between its
 * commit and its answer; and all readers agree with the topic. {@code -Dledger.kill.rounds=20} goes
 * on for longer.
 */
@ExtendWith(SharedLedger.class)
class CrashIT {
    private static final Duration CATCH_UP = Duration.ofMinutes(5);
    private static final int WORKERS = 4;
    private static final int USAGES_BETWEEN_KILLS = 40;
    private static final int ROUNDS = Integer.getInteger("ledger.kill.rounds", 1);

    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();

    /** What each creation was answered, by its key, which is also the token's name. */
    private final Map<String, JsonNode> created = new ConcurrentHashMap<>();

    private final Set<String> tried = ConcurrentHashMap.newKeySet();
    private final AtomicInteger counter = new AtomicInteger();
    private final Pace pace = new Pace(Duration.ofMillis(100));

    @Test
    void killingAnyProcessLosesNothingAndDoublesNothing(RunningLedger ledger) throws Exception {
        LedgerClient client = ledger.client();
        String account = client.accountWith(0);
        Answer created = client.createToken(account, "");
        String token = created.text("tokenId");
        Await.until(
                CATCH_UP,
                "enforcement knows the token",
                () -> client.verify(created.text("secret"), ""),
                answer -> !answer.text("code").equals("TOKEN_NOT_FOUND"));
        try (ExecutorService workers = Executors.newFixedThreadPool(WORKERS + 1)) {
            for (int i = 0; i < WORKERS; i++) {
                boolean strict = i % 2 == 0;
                workers.execute(() -> report(client, token, strict));
            }
            workers.execute(() -> create(client, account));
            try {
                for (int round = 0; round < ROUNDS; round++) {
                    killEverything(ledger);
                    ledger.topic().mustBeComplete();
                }
            } finally {
                pace.stop();
            }
            workers.shutdown();
            assertThat(workers.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
        }
        judge(ledger, token);
        judgeCreations(ledger, account);
        judgeSeals(ledger);
    }

    private void killEverything(RunningLedger ledger) throws Exception {
        for (String victim :
                new String[] {
                    "command-service", "postgresql", "kafka", "enforcement-service", "query-service"
                }) {
            awaitMoreUsage(victim);
            ledger.kill(victim);
            ledger.awaitReady();
        }
        awaitMoreUsage("the supervisor");
        ledger.killSupervisorAndRestart();
        ledger.awaitReady();
        awaitMoreUsage("the end");
    }

    /**
     * Reports one usage after the other, each again and again until it is acknowledged, as a
     * gateway does.
     */
    private void report(LedgerClient client, String token, boolean strict) {
        while (pace.goesOn()) {
            String usageId = (strict ? "strict-" : "reported-") + counter.incrementAndGet();
            tried.add(usageId);
            boolean known =
                    Await.until(
                            CATCH_UP,
                            usageId + " is acknowledged",
                            () -> acknowledges(client, token, usageId, strict),
                            yes -> yes || pace.isStopped());
            if (known) {
                acknowledged.add(usageId);
            }
        }
    }

    private static boolean acknowledges(
            LedgerClient client, String token, String usageId, boolean strict) {
        try {
            Answer answer =
                    strict
                            ? client.post(
                                    COMMAND,
                                    "/v1/tokens/" + token + "/consumptions",
                                    "{\"usageId\":\"" + usageId + "\",\"amount\":1}")
                            : client.report(token, usageId, 1);
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
        for (int i = 0; pace.goesOn(); i++) {
            String key = "created-" + i;
            Await.until(
                    CATCH_UP,
                    key + " is answered",
                    () -> creationIsAnswered(client, account, key),
                    yes -> yes || pace.isStopped());
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
        Map<String, Long> creations = ledger.topic().creations(account);
        assertThat(creations).containsKeys(created.keySet().toArray(String[]::new));
        assertThat(creations.values()).containsOnly(1L);
    }

    /** Every event is in one log, which was never signed twice, and is published as it is. */
    private static void judgeSeals(RunningLedger ledger) throws Exception {
        SealTopic seals =
                Await.until(
                        CATCH_UP,
                        "all events are sealed",
                        ledger::seals,
                        read -> read.size() == ledger.topic().size());
        seals.mustBeOneLog(ledger.data().resolve("credentials").resolve("seal-verifier-key"));
        String last = seals.seals().getLast().get("checkpoint").asString();
        Await.until(
                CATCH_UP,
                "the last checkpoint is published",
                () -> ledger.client().text(QUERY, "/v1/seals/checkpoint"),
                last::equals);
    }

    private void awaitMoreUsage(String before) {
        int enough = acknowledged.size() + USAGES_BETWEEN_KILLS;
        Await.until(CATCH_UP, "usage before " + before, acknowledged::size, size -> size >= enough);
    }

    private void judge(RunningLedger ledger, String token) {
        EventTopic.mustBookOnce(CATCH_UP, ledger::topic, token, acknowledged, tried);
        LedgerClient client = ledger.client();
        Await.until(
                CATCH_UP,
                "the read model agrees with the topic",
                () -> client.get(QUERY, "/v1/tokens/" + token),
                answer -> answer.number("consumed") == ledger.topic().consumed(token));
    }
}
