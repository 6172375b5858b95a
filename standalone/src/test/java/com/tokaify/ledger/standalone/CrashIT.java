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
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every process is killed in turn while usage comes in by both roads. What was acknowledged is in
 * the ledger once; what was not is there once or not at all; and all readers agree with the topic.
 */
class CrashIT {
    private static final Duration CATCH_UP = Duration.ofMinutes(5);
    private static final int WORKERS = 4;
    private static final int USAGES_BETWEEN_KILLS = 40;

    @TempDir private Path temporary;

    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    private final Set<String> tried = ConcurrentHashMap.newKeySet();
    private final AtomicInteger counter = new AtomicInteger();
    private final AtomicBoolean stop = new AtomicBoolean();

    @Test
    void killingAnyProcessLosesNothingAndDoublesNothing() throws Exception {
        try (RunningLedger ledger = new RunningLedger(temporary.resolve("data"));
                ExecutorService workers = Executors.newFixedThreadPool(WORKERS)) {
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
            stop.set(true);
            workers.shutdown();
            assertThat(workers.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
            judge(ledger, token);
        }
    }

    /**
     * Reports one usage after the other, each again and again until it is acknowledged, as a
     * gateway does.
     */
    private void report(LedgerClient client, String token, boolean strict) {
        while (!stop.get()) {
            String usageId = (strict ? "strict-" : "reported-") + counter.incrementAndGet();
            tried.add(usageId);
            boolean known =
                    Await.until(
                            CATCH_UP,
                            usageId + " is acknowledged",
                            () -> acknowledges(client, token, usageId, strict),
                            yes -> yes || stop.get());
            if (known) {
                acknowledged.add(usageId);
            }
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
