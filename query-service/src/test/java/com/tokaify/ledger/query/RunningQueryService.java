package com.tokaify.ledger.query;

import com.tokaify.ledger.events.Position;
import com.tokaify.ledger.events.codec.StrictJson;
import com.tokaify.ledger.testkit.Await;
import com.tokaify.ledger.testkit.LedgerInfrastructure;
import com.tokaify.ledger.testkit.QueryDatabase;
import com.tokaify.ledger.testkit.openapi.ApiContract;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;

/** The whole service on a free port, asked over HTTP as callers ask it. */
public final class RunningQueryService implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final HttpClient http = HttpClient.newHttpClient();
    private final ConfigurableApplicationContext context;
    private final URI address;
    private final ApiContract contract;

    private RunningQueryService(ConfigurableApplicationContext context) {
        this.context = context;
        this.address =
                URI.create(
                        "http://127.0.0.1:"
                                + context.getEnvironment()
                                        .getRequiredProperty("local.server.port"));
        this.contract = new ApiContract(http, address);
    }

    /**
     * @param settings of the test, e.g. {@code LEDGER_QUERY_LIVE_PAUSE=10ms}
     */
    public static RunningQueryService start(
            QueryDatabase database, int partitions, String... settings) {
        List<String> arguments = new ArrayList<>(arguments(database, partitions));
        for (String setting : settings) {
            arguments.add("--" + setting);
        }
        return new RunningQueryService(
                new SpringApplicationBuilder(QueryService.class)
                        .run(arguments.toArray(String[]::new)));
    }

    /** What a service is told, whether it runs in this JVM or another one. */
    public static List<String> arguments(QueryDatabase database, int partitions) {
        return List.of(
                "--LEDGER_QUERY_PORT=0",
                "--LEDGER_KAFKA_BOOTSTRAP=" + LedgerInfrastructure.get().kafkaBootstrap(),
                "--LEDGER_PARTITIONS=" + partitions,
                "--LEDGER_QUERY_DATABASE_URL=" + database.jdbcUrl(),
                "--LEDGER_QUERY_PASSWORD=" + database.password(),
                "--LEDGER_QUERY_RETRY_PAUSE=50ms",
                "--LEDGER_QUERY_LONGEST_WAIT=15s");
    }

    /** The answer while it is still coming; closing its body ends the connection. */
    public HttpResponse<InputStream> open(String path, String... headers) {
        HttpRequest.Builder request = request(path);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return sent(request, BodyHandlers.ofInputStream());
    }

    /**
     * The same by any method, with nothing but the path.
     *
     * @param accessToken null sends none
     */
    public HttpResponse<InputStream> openAs(
            @Nullable String accessToken, String method, String path) {
        HttpRequest.Builder request = request(path).method(method, BodyPublishers.noBody());
        return sent(authorized(request, accessToken), BodyHandlers.ofInputStream());
    }

    /** What somebody with this access token is told. */
    public HttpResponse<String> getAs(String accessToken, String path) {
        return send(authorized(request(path), accessToken));
    }

    private static HttpRequest.Builder authorized(
            HttpRequest.Builder request, @Nullable String accessToken) {
        return accessToken == null
                ? request
                : request.header("Authorization", "Bearer " + accessToken);
    }

    private <T> HttpResponse<T> sent(HttpRequest.Builder request, BodyHandler<T> body) {
        try {
            return http.send(request.build(), body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public HttpResponse<String> get(String path) {
        return send(request(path));
    }

    /** Asks for what the view is after this position. */
    public HttpResponse<String> get(String path, Position seen) {
        return send(request(path).header(Position.HEADER, seen.toString()));
    }

    public HttpResponse<String> get(String path, String header, String value) {
        return send(request(path).header(header, value));
    }

    /** The status of an answer without a body; the document tells of none. */
    public int head(String path) {
        return sent(request(path).HEAD(), BodyHandlers.discarding()).statusCode();
    }

    /** Posts nothing but the path. */
    public HttpResponse<String> post(String path) {
        return send(request(path).POST(BodyPublishers.noBody()));
    }

    public HttpResponse<String> readiness() {
        return get("/actuator/health/readiness");
    }

    public void awaitReady() {
        Await.until(PATIENCE, "ready", this::readiness, answer -> answer.statusCode() == 200);
    }

    /** Waits until the service says that it is not ready, for this reason. */
    public void awaitNotReady(String reason) {
        Await.until(
                PATIENCE,
                "not ready: " + reason,
                () -> readiness().statusCode() + " " + readiness().body(),
                answer -> answer.startsWith("503 ") && answer.contains(reason));
    }

    /** What this service says about its API; every answer here has been held to it. */
    public ApiContract contract() {
        return contract;
    }

    public static JsonNode json(HttpResponse<String> answer) {
        return StrictJson.MAPPER.readTree(answer.body());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(address.resolve(path));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            HttpRequest sent = request.build();
            HttpResponse<String> answer = http.send(sent, BodyHandlers.ofString());
            contract.check(sent, answer);
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        context.close();
        // It would wait for streams that were left before their end, once for as long as anybody
        // looked.
        http.shutdownNow();
    }
}
