package com.tokaify.ledger.standalone;

import static com.tokaify.ledger.standalone.LedgerPort.ENFORCEMENT;
import static org.assertj.core.api.Assertions.assertThat;

import com.tokaify.ledger.standalone.LedgerClient.Answer;
import com.tokaify.ledger.testkit.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/**
 * enforcement-service is killed again and again under load, also while Kafka is frozen and usage
 * goes to its disk. Every usage and every settlement it has acknowledged is in the ledger once;
 * what was never acknowledged is there once or not at all.
 */
@ExtendWith(SharedLedger.class)
class UsageCrashIT {
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final int WORKERS = 4;
    private static final int BETWEEN_KILLS = 60;

    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    private final Set<String> tried = ConcurrentHashMap.newKeySet();
    private final AtomicInteger counter = new AtomicInteger();
    private final AtomicInteger settled = new AtomicInteger();
    private final Pace pace = new Pace(Duration.ofMillis(20));

    @Test
    void killingEnforcementLosesAndDoublesNothingItHasAcknowledged(RunningLedger ledger)
            throws Exception {
        LedgerClient client = ledger.client();
        Answer created = client.createToken(client.accountWith(1_000_000_000), "");
        String secret = created.text("secret");
        Await.until(
                LIMIT,
                "enforcement allows the token",
                () -> client.verify(secret, ""),
                answer -> answer.text("code").equals("OK"));
        try (ExecutorService workers = Executors.newFixedThreadPool(2 * WORKERS)) {
            for (int i = 0; i < WORKERS; i++) {
                workers.execute(() -> report(client, created.text("tokenId")));
                workers.execute(() -> reserveAndSettle(client, secret));
            }
            try {
                killAgainAndAgain(ledger);
            } finally {
                pace.stop();
            }
            workers.shutdown();
            assertThat(workers.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
        }
        assertThat(settled.get()).isPositive();
        judge(ledger, created.text("tokenId"));
        Await.until(
                LIMIT,
                "the spool is empty",
                () -> spooledBytes(ledger.usageSpool()),
                size -> size == 0);
    }

    private void killAgainAndAgain(RunningLedger ledger) throws Exception {
        for (int kill = 0; kill < 3; kill++) {
            awaitMore();
            ledger.kill("enforcement-service");
            ledger.awaitReady();
        }
        awaitMore();
        ledger.freeze("kafka");
        try {
            Path spool = ledger.usageSpool();
            Await.until(LIMIT, "usage is spooled", () -> spooledBytes(spool), size -> size > 0);
            awaitMore();
            ledger.kill("enforcement-service");
            assertThat(spooledBytes(spool)).as("it was killed with usage on its disk").isPositive();
        } finally {
            ledger.thaw("kafka");
        }
        ledger.awaitReady();
        awaitMore();
    }

    private void judge(RunningLedger ledger, String token) {
        EventTopic topic =
                EventTopic.mustBookOnce(LIMIT, ledger::topic, token, acknowledged, tried);
        assertThat(topic.consumed(token)).isEqualTo(topic.bookings(token).size());
    }

    private static long spooledBytes(Path spool) throws IOException {
        try (Stream<Path> files = Files.list(spool)) {
            return files.filter(file -> file.toString().endsWith(".usage"))
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    private void awaitMore() {
        int enough = acknowledged.size() + BETWEEN_KILLS;
        Await.until(LIMIT, "more usage", acknowledged::size, size -> size >= enough);
    }

    /** One usage after the other, each sent once: what is lost then, nobody repairs. */
    private void report(LedgerClient client, String token) {
        while (pace.goesOn()) {
            String usageId = "reported-" + counter.incrementAndGet();
            tried.add(usageId);
            try {
                Answer answer = client.report(token, usageId, 1);
                if (answer.status() == 202) {
                    acknowledged.add(usageId);
                }
            } catch (IOException e) {
                awaitBack(client); // nobody knows whether it was taken
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void awaitBack(LedgerClient client) {
        Await.until(
                LIMIT,
                "enforcement is back",
                () ->
                        pace.isStopped()
                                || client.get(ENFORCEMENT, "/actuator/health/liveness").status()
                                        == 200);
    }

    /** A reservation survives the death of who made it: it is settled until that is answered. */
    private void reserveAndSettle(LedgerClient client, String secret) {
        while (pace.goesOn()) {
            Answer reserved =
                    untilDone(
                            client,
                            "/v1/reservations",
                            "{\"secret\":\"" + secret + "\",\"amount\":2}");
            JsonNode id = reserved.json().path("reservation").path("reservationId");
            if (id.isString()) {
                Answer answer =
                        untilDone(
                                client,
                                "/v1/reservations/" + id.asString() + "/settle",
                                "{\"amount\":1}");
                if (answer.status() == 200) {
                    acknowledged.add(answer.text("usageId"));
                    settled.incrementAndGet();
                }
            }
        }
    }

    /** As a gateway does, again and again, but no longer than the test lasts. */
    private Answer untilDone(LedgerClient client, String path, String body) {
        return Await.until(
                LIMIT,
                path + " is answered",
                () -> client.post(ENFORCEMENT, path, body),
                answer -> answer.status() == 200 || pace.isStopped());
    }
}
