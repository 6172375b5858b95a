package com.tokaify.ledger.benchmarks.enforce;

import com.tokaify.ledger.benchmarks.HttpConnection;
import com.tokaify.ledger.benchmarks.HttpConnection.Answer;
import com.tokaify.ledger.benchmarks.Infrastructure;
import com.tokaify.ledger.benchmarks.LedgerStore;
import com.tokaify.ledger.benchmarks.Load;
import com.tokaify.ledger.benchmarks.Options;
import com.tokaify.ledger.benchmarks.Service;
import com.tokaify.ledger.events.codec.StrictJson;
import com.tokaify.ledger.local.LocalKafka;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import tools.jackson.databind.JsonNode;

/**
 * How long a token that was switched off still passes: from the moment command-service has answered
 * that it is disabled until enforcement first refuses it, asked without a pause. The whole road:
 * PostgreSQL, relay, Kafka, view.
 *
 * @param micros of every token
 * @param consumptionsPerSecond booked on other tokens meanwhile
 */
record Propagation(Histogram micros, int consumptionsPerSecond) {
    private static final int TOKENS = 300;
    private static final int TOKENS_QUICK = 20;
    private static final int CONSUMPTIONS = 100;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(30);

    static Propagation measure(Options options) throws Exception {
        try (Infrastructure infrastructure = Infrastructure.start()) {
            LedgerStore store = infrastructure.newStore("propagation");
            LocalKafka kafka = infrastructure.startKafka();
            Service command =
                    infrastructure.startCommandService(options.jar(Service.COMMAND), store, kafka);
            Service enforcement =
                    infrastructure.startEnforcementService(options.jar(Service.ENFORCEMENT), kafka);
            try (HttpConnection toCommand = new HttpConnection(command.port());
                    HttpConnection toEnforcement = new HttpConnection(enforcement.port())) {
                return measure(
                        options.quick() ? TOKENS_QUICK : TOKENS,
                        command.port(),
                        toCommand,
                        toEnforcement);
            }
        }
    }

    private static Propagation measure(
            int count, int port, HttpConnection toCommand, HttpConnection toEnforcement)
            throws Exception {
        String account =
                text(ok(toCommand.post("/v1/accounts", "{\"name\":\"Benchmark\"}")), "accountId");
        ok(
                toCommand.post(
                        "/v1/accounts/" + account + "/credits",
                        "{\"amount\":1000000000,\"reference\":\"benchmark\"}"));
        String other = text(create(toCommand, account), "tokenId");
        List<JsonNode> tokens = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            tokens.add(create(toCommand, account));
        }
        awaitAnswer(toEnforcement, text(tokens.getLast(), "secret"), true);
        AtomicBoolean stopping = new AtomicBoolean();
        Thread consumptions =
                Thread.ofPlatform()
                        .name("consumptions")
                        .start(() -> consume(port, other, stopping));
        Histogram micros = Load.histogram();
        for (JsonNode token : tokens) {
            ok(toCommand.post("/v1/tokens/" + text(token, "tokenId") + "/disable", "{}"));
            long answered = System.nanoTime();
            awaitAnswer(toEnforcement, text(token, "secret"), false);
            micros.recordValue(TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - answered));
        }
        stopping.set(true);
        consumptions.join();
        return new Propagation(
                micros, (int) (CONSUMPTIONS * TimeUnit.SECONDS.toNanos(1) / PAUSE_NANOS));
    }

    private static JsonNode create(HttpConnection toCommand, String account) throws IOException {
        return ok(
                toCommand.post(
                        "/v1/tokens",
                        "{\"accountId\":\"%s\",\"name\":\"benchmark\",\"group\":\"default\"}"
                                .formatted(account)));
    }

    private static void awaitAnswer(HttpConnection toEnforcement, String secret, boolean valid)
            throws IOException {
        String body = "{\"secret\":\"" + secret + "\"}";
        String hoped = "\"valid\":" + valid;
        long deadline = System.nanoTime() + LIMIT_NANOS;
        while (!toEnforcement.post("/v1/verify", body).body().contains(hoped)) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("enforcement never answered " + hoped);
            }
        }
    }

    private static void consume(int port, String token, AtomicBoolean stopping) {
        try (HttpConnection connection = new HttpConnection(port)) {
            while (!stopping.get()) {
                StringBuilder body = new StringBuilder("[");
                for (int i = 0; i < CONSUMPTIONS; i++) {
                    body.append(i > 0 ? "," : "")
                            .append("{\"tokenId\":\"")
                            .append(token)
                            .append("\",\"amount\":1,\"usageId\":\"")
                            .append(UUID.randomUUID())
                            .append("\"}");
                }
                ok(connection.post("/v1/consumptions", body.append("]").toString()));
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        } catch (IOException e) {
            throw new IllegalStateException("the load beside it failed", e);
        }
    }

    private static JsonNode ok(Answer answer) {
        if (answer.status() / 100 != 2) {
            throw new IllegalStateException(
                    "the service answered " + answer.status() + ": " + answer.body());
        }
        return StrictJson.MAPPER.readTree(answer.body());
    }

    private static String text(JsonNode node, String field) {
        return node.required(field).asString();
    }
}
