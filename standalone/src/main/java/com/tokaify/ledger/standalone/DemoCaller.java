package com.tokaify.ledger.standalone;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Calls the services of a ledger on this machine as others do: as its operator, and as the gateway
 * whose key lies in its data folder. Thread-safe.
 */
final class DemoCaller implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Duration TOKEN_LIFE = Duration.ofMinutes(50);
    private static final Duration PAUSE = Duration.ofMillis(300);
    private static final int ATTEMPTS = 10;

    /** Whoever waits for a call to be let through is not kept waiting; a connection may break. */
    private static final int QUICK_ATTEMPTS = 2;

    private static final int UNAVAILABLE = 503;
    private static final int BAD_REQUEST = 400;
    private static final String JSON = "application/json";

    /** What was answered; no JSON is an empty object. */
    record Answer(int status, JsonNode json, HttpHeaders headers) {
        String text(String field) {
            return json.path(field).asString("");
        }
    }

    private record Held(String token, long takenNanos) {}

    private final Addresses addresses;
    private final LocalTokens tokens;
    private final String gatewayKey;
    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(LIMIT)
                    .build();

    private @Nullable Held held;

    private DemoCaller(Addresses addresses, LocalTokens tokens, String gatewayKey) {
        this.addresses = addresses;
        this.tokens = tokens;
        this.gatewayKey = gatewayKey;
    }

    /**
     * @throws Refusal where the folder holds no ledger
     */
    static DemoCaller of(Addresses addresses, Path data) throws IOException {
        LocalTokens tokens =
                new LocalTokens(
                        URI.create(addresses.url(LedgerPort.CONSOLE)),
                        Credentials.localClientFile(data));
        Path key = Credentials.gatewayKeyFile(data);
        if (!tokens.canAsk() || !Files.isReadable(key)) {
            throw new Refusal(data + " holds no ledger: start one with up, or name its folder");
        }
        return new DemoCaller(addresses, tokens, Files.readString(key).strip());
    }

    /**
     * Has a command carried out, once, however often it has to be sent.
     *
     * @throws IOException where it is refused or never answered
     */
    Answer command(String method, String path, Map<String, ?> body)
            throws IOException, InterruptedException {
        String key = UUID.randomUUID().toString();
        Answer answer =
                patiently(
                        ATTEMPTS,
                        () ->
                                send(
                                        asOperator(LedgerPort.COMMAND, path)
                                                .header("Content-Type", JSON)
                                                .header("Idempotency-Key", key)
                                                .method(method, text(body))
                                                .build()));
        if (answer.status() >= BAD_REQUEST) {
            throw new IOException(
                    "%s %s is answered %d %s %s"
                            .formatted(
                                    method,
                                    path,
                                    answer.status(),
                                    answer.text("code"),
                                    answer.text("detail")));
        }
        return answer;
    }

    Answer query(String path) throws IOException, InterruptedException {
        return send(asOperator(LedgerPort.QUERY, path).build());
    }

    /** Asks enforcement, once more where nobody answers. */
    Answer ask(String path, Map<String, ?> body) throws IOException, InterruptedException {
        return patiently(QUICK_ATTEMPTS, () -> toEnforcement(path, body));
    }

    /** The same, again and again: for what must arrive and is safe to repeat. */
    Answer report(String path, Map<String, ?> body) throws IOException, InterruptedException {
        return patiently(ATTEMPTS, () -> toEnforcement(path, body));
    }

    private Answer toEnforcement(String path, Map<String, ?> body)
            throws IOException, InterruptedException {
        return send(asGateway(path).header("Content-Type", JSON).POST(text(body)).build());
    }

    /** Asks the hook about a call, as a gateway that forwards its headers does. */
    Answer hook(DemoCall call) throws IOException, InterruptedException {
        HttpRequest request =
                asGateway("/authz/v1/chat/completions")
                        .header("Authorization", "Bearer " + call.secret())
                        .header("X-Model", call.model())
                        .header("X-Forwarded-For", call.address())
                        .build();
        return patiently(QUICK_ATTEMPTS, () -> send(request));
    }

    @FunctionalInterface
    private interface Attempt {
        Answer make() throws IOException, InterruptedException;
    }

    private static Answer patiently(int attempts, Attempt attempt)
            throws IOException, InterruptedException {
        for (int made = 1; ; made++) {
            try {
                Answer answer = attempt.make();
                if (answer.status() < UNAVAILABLE || made == attempts) {
                    return answer;
                }
            } catch (IOException e) {
                if (made == attempts) {
                    throw e;
                }
            }
            Thread.sleep(PAUSE.multipliedBy(made));
        }
    }

    private HttpRequest.Builder asOperator(LedgerPort service, String path)
            throws IOException, InterruptedException {
        return request(service, path).header("Authorization", "Bearer " + operatorToken());
    }

    private HttpRequest.Builder asGateway(String path) {
        return request(LedgerPort.ENFORCEMENT, path).header("X-Gateway-Key", gatewayKey);
    }

    private HttpRequest.Builder request(LedgerPort service, String path) {
        return HttpRequest.newBuilder(URI.create(addresses.url(service) + path)).timeout(LIMIT);
    }

    /** Of the hour it is good for the last minutes are not used. */
    private synchronized String operatorToken() throws IOException, InterruptedException {
        Held last = held;
        if (last == null || Terminal.since(last.takenNanos()).compareTo(TOKEN_LIFE) > 0) {
            last = new Held(tokens.get("operator", null), System.nanoTime());
            held = last;
        }
        return last.token();
    }

    private static HttpRequest.BodyPublisher text(Map<String, ?> body) {
        return body.isEmpty()
                ? HttpRequest.BodyPublishers.noBody()
                : HttpRequest.BodyPublishers.ofString(JsonMapper.shared().writeValueAsString(body));
    }

    private Answer send(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
        return new Answer(response.statusCode(), json(response.body()), response.headers());
    }

    private static JsonNode json(String body) {
        try {
            return body.isEmpty()
                    ? JsonMapper.shared().createObjectNode()
                    : JsonMapper.shared().readTree(body);
        } catch (JacksonException e) {
            return JsonMapper.shared().createObjectNode();
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
