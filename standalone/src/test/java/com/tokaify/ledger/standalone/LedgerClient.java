package com.tokaify.ledger.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Calls the three services as a user with curl would: as the operator, and as a gateway where
 * gateways ask. Thread-safe.
 */
final class LedgerClient implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final Map<LedgerPort, Integer> ports;
    private final Duration timeout;
    private final HttpClient http = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();

    private volatile @Nullable Known known;

    LedgerClient(Map<LedgerPort, Integer> ports) {
        this(ports, TIMEOUT);
    }

    /**
     * @param timeout how long an answer is waited for
     */
    LedgerClient(Map<LedgerPort, Integer> ports, Duration timeout) {
        this.ports = ports;
        this.timeout = timeout;
    }

    /** What services know the caller by. */
    private record Known(String operatorToken, String gatewayKey) {}

    /** Takes what a ledger that runs on this data folder has for callers of this machine. */
    void takeCredentials(Path data) {
        try {
            LocalTokens tokens =
                    new LocalTokens(
                            URI.create("http://127.0.0.1:" + ports.get(LedgerPort.CONSOLE)),
                            Credentials.localClientFile(data));
            known =
                    new Known(
                            tokens.get("operator", null),
                            Files.readString(data.resolve("credentials/gateway-key")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    record Answer(int status, JsonNode json, HttpResponse<String> response) {
        /** The value of a field as text. */
        String text(String field) {
            return json.path(field).asString();
        }

        long number(String field) {
            return json.path(field).asLong();
        }

        /** Where the view must have come to show what this command did. */
        String position() {
            return response.headers().firstValue("Ledger-Position").orElseThrow();
        }
    }

    Answer post(LedgerPort service, String path, String body)
            throws IOException, InterruptedException {
        return postAs("application/json", service, path, body);
    }

    Answer postAs(String contentType, LedgerPort service, String path, String body)
            throws IOException, InterruptedException {
        return send(
                request(service, path)
                        .header("Content-Type", contentType)
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build());
    }

    /** A request that may be repeated until it is answered. */
    Answer post(LedgerPort service, String path, String body, String idempotencyKey)
            throws IOException, InterruptedException {
        return send(
                request(service, path)
                        .header("Content-Type", "application/json")
                        .header("Idempotency-Key", idempotencyKey)
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build());
    }

    Answer get(LedgerPort service, String path) throws IOException, InterruptedException {
        return send(request(service, path).build());
    }

    /** Reads what the command with that position has written. */
    Answer get(LedgerPort service, String path, String position)
            throws IOException, InterruptedException {
        return send(request(service, path).header("Ledger-Position", position).build());
    }

    Answer patch(LedgerPort service, String path, String body)
            throws IOException, InterruptedException {
        return send(
                request(service, path)
                        .header("Content-Type", "application/merge-patch+json")
                        .method("PATCH", HttpRequest.BodyPublishers.ofString(body))
                        .build());
    }

    /** An answer that is no JSON; must be a 200. */
    String text(LedgerPort service, String path) throws IOException, InterruptedException {
        HttpResponse<String> response =
                http.send(request(service, path).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return response.body();
    }

    /** Of an answer that may be no JSON. */
    int status(LedgerPort service, String path) throws IOException, InterruptedException {
        return http.send(request(service, path).build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    Answer delete(LedgerPort service, String path) throws IOException, InterruptedException {
        return send(request(service, path).DELETE().build());
    }

    private HttpRequest.Builder request(LedgerPort service, String path) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + ports.get(service) + path))
                        .timeout(timeout);
        Known caller = known;
        if (caller == null) {
            return request;
        }
        return service == LedgerPort.ENFORCEMENT
                ? request.header("X-Gateway-Key", caller.gatewayKey())
                : request.header("Authorization", "Bearer " + caller.operatorToken());
    }

    private Answer send(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
        JsonNode json =
                response.body().isEmpty()
                        ? JSON.createObjectNode()
                        : JSON.readTree(response.body());
        return new Answer(response.statusCode(), json, response);
    }

    /** {@code {"valid", "code", …}} for a check with the given fields, a JSON object's inside. */
    Answer verify(String secret, String more) throws IOException, InterruptedException {
        return post(
                LedgerPort.ENFORCEMENT,
                "/v1/verify",
                "{\"secret\":\"" + secret + "\"" + more + "}");
    }

    /** An account with a balance. */
    String accountWith(long units) throws IOException, InterruptedException {
        String account =
                post(LedgerPort.COMMAND, "/v1/accounts", "{\"name\":\"Acme\"}").text("accountId");
        if (units > 0) {
            post(
                    LedgerPort.COMMAND,
                    "/v1/accounts/" + account + "/credits",
                    "{\"amount\":" + units + ",\"reference\":\"invoice 1\"}");
        }
        return account;
    }

    /**
     * A token of an account.
     *
     * @param more its restrictions, a JSON object's inside, or empty
     */
    Answer createToken(String account, String more) throws IOException, InterruptedException {
        return createToken(account, more, "");
    }

    /**
     * The same in a trace of the caller's.
     *
     * @param traceParent where in that trace; empty is in none
     */
    Answer createToken(String account, String more, String traceParent)
            throws IOException, InterruptedException {
        String body =
                "{\"accountId\":\""
                        + account
                        + "\",\"name\":\"ci\",\"group\":\"default\""
                        + more
                        + "}";
        HttpRequest.Builder request =
                request(LedgerPort.COMMAND, "/v1/tokens")
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body));
        if (!traceParent.isEmpty()) {
            request.header("traceparent", traceParent);
        }
        Answer created = send(request.build());
        assertThat(created.status()).as(created.json().toString()).isEqualTo(201);
        return created;
    }

    /** Reports usage of a token as a gateway does. */
    Answer report(String token, String usageId, long amount)
            throws IOException, InterruptedException {
        return post(
                LedgerPort.ENFORCEMENT,
                "/v1/usage",
                "{\"tokenId\":\"%s\",\"usageId\":\"%s\",\"amount\":%d}"
                        .formatted(token, usageId, amount));
    }

    @Override
    public void close() {
        http.close();
    }
}
