package com.tokaify.ledger.command;

import com.tokaify.ledger.testkit.Await;
import com.tokaify.ledger.testkit.LedgerDatabase;
import com.tokaify.ledger.testkit.LedgerInfrastructure;
import com.tokaify.ledger.testkit.openapi.ApiContract;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The whole service on real PostgreSQL and Kafka, on a free port, and a client for it. */
public final class RunningCommandService implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Path KEY_FILES = keyFiles();
    private static final Duration READY_LIMIT = Duration.ofSeconds(60);

    private final HttpClient http = HttpClient.newHttpClient();
    private final ConfigurableApplicationContext context;
    private final URI address;
    private final ApiContract contract;

    /** An answer with its JSON, an empty object where there was no body. */
    public record Answer(int status, JsonNode json, HttpResponse<String> response) {
        public Optional<String> header(String name) {
            return response.headers().firstValue(name);
        }

        /** The text of a field. */
        public String text(String field) {
            return json.get(field).asString();
        }
    }

    /** A service that is ready. */
    public static RunningCommandService on(LedgerDatabase database) {
        return on(database, Map.of());
    }

    /** The same with some settings of its own. */
    public static RunningCommandService on(LedgerDatabase database, Map<String, ?> own) {
        RunningCommandService service =
                new RunningCommandService(
                        database, LedgerInfrastructure.get().kafkaBootstrap(), own);
        service.awaitReady();
        return service;
    }

    /** A service that has started, ready or not. */
    public RunningCommandService(LedgerDatabase database, String kafkaBootstrap) {
        this(database, kafkaBootstrap, Map.of());
    }

    private RunningCommandService(
            LedgerDatabase database, String kafkaBootstrap, Map<String, ?> own) {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("server.port", 0);
        settings.put("logging.level.root", "warn");
        settings.put("logging.level.org.apache.kafka", "error");
        settings.put("ledger.partitions", LedgerInstance.PARTITIONS);
        settings.put("ledger.pepper-file", pepper().toString());
        settings.put("ledger.database.url", database.jdbcUrl());
        settings.put("ledger.database.owner-password", database.ownerPassword());
        settings.put("ledger.database.writer-password", database.writerPassword());
        settings.put("ledger.database.relay-password", database.relayPassword());
        settings.put("ledger.database.vault-password", database.vaultPassword());
        settings.put("ledger.database.sealer-password", database.sealerPassword());
        settings.put("ledger.vault.key-file", keyFile(database).toString());
        settings.put("ledger.seal.key-file", sealKeyFile(database).toString());
        settings.put("ledger.seal.every", "100ms");
        settings.put("ledger.seal.streams", 1_000);
        settings.put("ledger.kafka.bootstrap", kafkaBootstrap);
        settings.put("ledger.kafka.relay-group", database.name());
        settings.putAll(own);
        String[] arguments =
                settings.entrySet().stream()
                        .map(each -> "--" + each.getKey() + "=" + each.getValue())
                        .toArray(String[]::new);
        context = new SpringApplicationBuilder(CommandServiceApplication.class).run(arguments);
        address =
                URI.create(
                        "http://127.0.0.1:"
                                + context.getEnvironment()
                                        .getRequiredProperty("local.server.port"));
        contract = new ApiContract(http, address);
    }

    public void awaitReady() {
        Await.until(READY_LIMIT, "ready", this::readiness, answer -> answer.status() == 200);
    }

    public Answer readiness() throws IOException, InterruptedException {
        return get("/actuator/health/readiness");
    }

    public Answer get(String path) throws IOException, InterruptedException {
        return send(request(path).GET());
    }

    /** JSON, or whatever the text is. */
    public Answer post(String path, String body) throws IOException, InterruptedException {
        return call("POST", path, body);
    }

    public Answer put(String path, String body) throws IOException, InterruptedException {
        return call("PUT", path, body);
    }

    public Answer patch(String path, String body) throws IOException, InterruptedException {
        return call("PATCH", path, body);
    }

    public Answer delete(String path) throws IOException, InterruptedException {
        return call("DELETE", path, "");
    }

    /** JSON, or whatever the text is. */
    public Answer call(String method, String path, String body)
            throws IOException, InterruptedException {
        return send(
                request(path)
                        .header("Content-Type", "application/json")
                        .method(method, HttpRequest.BodyPublishers.ofString(body)));
    }

    public HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(address.resolve(path));
    }

    public Answer send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpRequest sent = request.build();
        HttpResponse<String> response = http.send(sent, HttpResponse.BodyHandlers.ofString());
        contract.check(sent, response);
        JsonNode json =
                response.body().isEmpty()
                        ? JSON.createObjectNode()
                        : JSON.readTree(response.body());
        return new Answer(response.statusCode(), json, response);
    }

    /** Of all services on that database, now and later. */
    public static Path keyFile(LedgerDatabase database) {
        return KEY_FILES.resolve(database.name());
    }

    /** The key that signs the seals of that database, now and later. */
    public static Path sealKeyFile(LedgerDatabase database) {
        return KEY_FILES.resolve(database.name() + "-seals");
    }

    private static Path keyFiles() {
        try {
            Path folder = Files.createTempDirectory("vault-keys");
            folder.toFile().deleteOnExit();
            return folder;
        } catch (IOException e) {
            throw new IllegalStateException("making a folder for keys", e);
        }
    }

    /** What this service says about its API; every answer here has been held to it. */
    public ApiContract contract() {
        return contract;
    }

    private static Path pepper() {
        try {
            Path file = Files.createTempFile("pepper", "");
            Files.write(file, new byte[32]);
            file.toFile().deleteOnExit();
            return file;
        } catch (IOException e) {
            throw new IllegalStateException("making a pepper", e);
        }
    }

    @Override
    public void close() {
        context.close();
        http.close();
    }
}
