package com.tokaify.ledger.enforcement.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.tokaify.ledger.enforcement.EnforcementServiceApplication;
import com.tokaify.ledger.enforcement.TestLedger;
import com.tokaify.ledger.enforcement.TestRelay;
import com.tokaify.ledger.events.AccountEvent.AccountOpened;
import com.tokaify.ledger.events.AccountEvent.BalanceCredited;
import com.tokaify.ledger.events.Restrictions;
import com.tokaify.ledger.events.codec.StrictJson;
import com.tokaify.ledger.events.id.AccountId;
import com.tokaify.ledger.events.id.TokenId;
import com.tokaify.ledger.events.kafka.Topics;
import com.tokaify.ledger.events.secret.TokenSecret;
import com.tokaify.ledger.events.usage.UsageRecords;
import com.tokaify.ledger.testkit.Await;
import com.tokaify.ledger.testkit.LedgerInfrastructure;
import com.tokaify.ledger.testkit.access.AccessMatrix;
import com.tokaify.ledger.testkit.access.AccessMatrix.Cell;
import com.tokaify.ledger.testkit.access.AccessMatrix.Sample;
import com.tokaify.ledger.testkit.access.SignedTokens;
import com.tokaify.ledger.testkit.openapi.ApiContract;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** Every operation of the document, asked over HTTP by every kind of caller. */
class AccessMatrixIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int PARTITIONS = 4;
    private static final AccountId ACCOUNT = TestLedger.account(1);
    private static final AccountId OTHER = TestLedger.account(2);
    private static final TokenId TOKEN = TestLedger.token(1);
    private static final TokenSecret SECRET = TestLedger.newSecret();

    /** How what is there is called in requests, and what is not there. */
    private static final Map<String, String> NOTHING =
            Map.of(
                    "SECRET",
                    TestLedger.newSecret().reveal(),
                    "TOKEN",
                    TestLedger.token(3).toString(),
                    "SETTLED",
                    "rsv_x",
                    "RELEASED",
                    "rsv_x");

    private static final Set<String> GATEWAYS = Set.of("operator", "gateway");

    private static final AccessMatrix MATRIX =
            new AccessMatrix()
                    .with("get /authz", new Sample("/authz", "", 200, GATEWAYS, 401))
                    .with(
                            "post /v1/verify",
                            new Sample("/v1/verify", "{\"secret\":\"SECRET\"}", 200, GATEWAYS, 200))
                    .with(
                            "post /v1/diagnose",
                            new Sample(
                                    "/v1/diagnose",
                                    "{\"tokenId\":\"TOKEN\"}",
                                    200,
                                    Set.of("operator", "owner", "auditor", "gateway"),
                                    200))
                    .with(
                            "post /v1/usage",
                            new Sample(
                                    "/v1/usage",
                                    "{\"tokenId\":\"TOKEN\",\"usageId\":\"u1\",\"amount\":1}",
                                    202,
                                    GATEWAYS,
                                    404))
                    .with(
                            "post /v1/reservations",
                            new Sample(
                                    "/v1/reservations",
                                    "{\"secret\":\"SECRET\",\"amount\":1}",
                                    200,
                                    GATEWAYS,
                                    200))
                    .with(
                            "post /v1/reservations/{id}/settle",
                            new Sample(
                                    "/v1/reservations/SETTLED/settle",
                                    "{\"amount\":1}",
                                    200,
                                    GATEWAYS,
                                    404))
                    .with(
                            "post /v1/reservations/{id}/release",
                            new Sample("/v1/reservations/RELEASED/release", "", 200, GATEWAYS, 404))
                    .with(
                            "get /v1/view",
                            new Sample(
                                    "/v1/view",
                                    "",
                                    200,
                                    Set.of("operator", "auditor", "gateway"),
                                    403));

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static SignedTokens issuer;
    private static TestRelay relay;
    private static ConfigurableApplicationContext service;
    private static ApiContract contract;
    private static List<Cell> cells;
    private static Map<String, String> there;

    @TempDir private static Path folder;

    @BeforeAll
    static void start() throws Exception {
        LedgerInfrastructure infrastructure = LedgerInfrastructure.get();
        infrastructure.recreateTopics(PARTITIONS);
        TestLedger ledger = new TestLedger(PARTITIONS);
        relay = new TestRelay(infrastructure.kafkaBootstrap(), ledger);
        relay.relay(ACCOUNT, new AccountOpened("Acme"), new BalanceCredited(1_000_000, "invoice"));
        relay.relay(OTHER, new AccountOpened("Other"));
        relay.relay(
                TOKEN,
                TestLedger.created(
                        ACCOUNT, Restrictions.NONE, TestLedger.pepper(folder).hash(SECRET)));
        issuer = SignedTokens.start();
        service =
                SpringApplication.run(
                        EnforcementServiceApplication.class,
                        "--server.port=0",
                        "--LEDGER_ENFORCEMENT_GRPC_PORT=0",
                        "--ledger.partitions=" + PARTITIONS,
                        "--ledger.pepper-file=" + TestLedger.pepperFile(folder),
                        "--ledger.instance-id=instance-1",
                        "--ledger.access.issuer=" + issuer.issuer(),
                        "--LEDGER_GATEWAY_KEYS=edge-1="
                                + TestKeys.digest("edge-key")
                                + ",bound@"
                                + OTHER
                                + "="
                                + TestKeys.digest("bound-key"),
                        "--ledger.kafka.bootstrap=" + infrastructure.kafkaBootstrap());
        Await.until(
                LIMIT,
                "ready",
                () -> send("GET", "/actuator/health/readiness", "").statusCode() == 200);
        contract = new ApiContract(HTTP, uri(""));
        there =
                Map.of(
                        "SECRET", SECRET.reveal(),
                        "TOKEN", TOKEN.toString(),
                        "SETTLED", reservation(),
                        "RELEASED", reservation());
        cells = MATRIX.cells(contract.document(), issuer, ACCOUNT.toString(), OTHER.toString());
    }

    @AfterAll
    static void stop() {
        service.close();
        relay.close();
        issuer.close();
        HTTP.close();
    }

    /** Nobody gets further than the rules say, and no gateway is kept from its work. */
    @Test
    void everyOperationAnswersEveryCallerByTheRules() throws Exception {
        assertThat(cells).hasSizeGreaterThan(150);
        for (Cell cell : cells) {
            HttpResponse<String> answer = answer(cell, there);
            assertThat(answer.statusCode()).as(cell.toString()).isEqualTo(cell.status());
            if (cell.status() == 401) {
                assertThat(answer.headers().firstValue("WWW-Authenticate"))
                        .as(cell.toString())
                        .contains("Bearer");
            }
        }
    }

    /** What is another account's is answered word for word as what was never there. */
    @Test
    void othersThingsAreAnsweredAsNothing() throws Exception {
        List<Cell> outside =
                cells.stream()
                        .filter(Cell::isOutside)
                        .filter(cell -> cell.status() != 403)
                        .toList();
        assertThat(outside).isNotEmpty();
        for (Cell cell : outside) {
            HttpResponse<String> answer = answer(cell, there);
            assertThat(answer.body())
                    .as(cell.toString())
                    .isEqualTo(answer(cell, NOTHING).body())
                    .doesNotContain(ACCOUNT.toString());
            assertThat(answer.headers().firstValue("X-Token-Id")).isEmpty();
        }
    }

    /** A static key does what a gateway's token does, and one bound to an account no more. */
    @Test
    void aStaticKeyIsAGateways() throws Exception {
        for (Cell cell : cells) {
            if (cell.caller().equals("gateway")) {
                assertThat(answer(cell, "edge-key", there).statusCode())
                        .as(cell.operation())
                        .isEqualTo(cell.status());
                assertThat(answer(cell, "edge-kez", there).statusCode())
                        .as(cell.operation())
                        .isEqualTo(401);
            }
            if (cell.caller().equals("gateway of another account")) {
                HttpResponse<String> bound = answer(cell, "bound-key", there);
                assertThat(bound.statusCode()).as(cell.operation()).isEqualTo(cell.status());
                assertThat(bound.body()).as(cell.operation()).isEqualTo(answer(cell, there).body());
            }
        }
    }

    /** Usage is on record under the name of who reported it, which nobody chooses. */
    @Test
    void usageNamesItsGateway() throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(uri("/v1/usage"))
                        .header(Callers.GATEWAY_KEY, "edge-key")
                        .POST(
                                BodyPublishers.ofString(
                                        "{\"tokenId\":\"%s\",\"usageId\":\"named\",\"amount\":1}"
                                                .formatted(TOKEN)))
                        .build();
        assertThat(HTTP.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(202);

        assertThat(reporters("named")).containsExactly("gateway:edge-1");
    }

    /** What the document does not tell of is there for nobody, and readiness for everybody. */
    @Test
    void beyondTheDocumentThereIsHealthAndMetrics() throws Exception {
        String operator = issuer.operator().signed();
        for (String path :
                List.of(
                        "/actuator/health",
                        "/actuator/health/liveness",
                        "/actuator/health/readiness",
                        "/v3/api-docs")) {
            assertThat(send("GET", path, "").statusCode()).as(path).isEqualTo(200);
        }
        for (String path :
                List.of(
                        "/actuator/prometheus",
                        "/actuator/health/../prometheus",
                        "/actuator/health;/../prometheus",
                        "/actuator/health/%2e%2e/prometheus",
                        "/actuator//prometheus",
                        "/v1/view;a=b",
                        "/v1//view",
                        "/V1/view",
                        "/v1/verify/",
                        "/error",
                        "/nothing")) {
            assertThat(send("GET", path, "").statusCode()).as(path).isIn(400, 401);
        }
        assertThat(sendAs(operator, "/actuator/prometheus").body()).contains("ledger_view_ready");
        assertThat(sendAs(issuer.owner(ACCOUNT.toString()).signed(), "/actuator/prometheus"))
                .extracting(HttpResponse::statusCode)
                .isEqualTo(403);
        assertThat(sendAs(operator, "/nothing").statusCode()).isEqualTo(404);
    }

    private static HttpResponse<String> sendAs(String accessToken, String path) throws Exception {
        return sent(
                HttpRequest.newBuilder(uri(path)).header("Authorization", "Bearer " + accessToken));
    }

    private static HttpResponse<String> answer(Cell cell, Map<String, String> names)
            throws Exception {
        return answer(cell, null, names);
    }

    /**
     * @param key sent in the place of the cell's token; null for that
     */
    private static HttpResponse<String> answer(
            Cell cell, @Nullable String key, Map<String, String> names) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri(named(cell.sample().path(), names)))
                        .method(
                                cell.method(),
                                cell.sample().body().isEmpty()
                                        ? BodyPublishers.noBody()
                                        : BodyPublishers.ofString(
                                                named(cell.sample().body(), names)));
        boolean hook = cell.operation().equals("get /authz");
        if (hook) {
            request.header("x-api-key", named("SECRET", names));
        }
        if (key != null) {
            request.header(Callers.GATEWAY_KEY, key);
        } else if (cell.token() != null && hook) {
            request.header(Callers.GATEWAY_KEY, cell.token());
        } else if (cell.token() != null) {
            request.header("Authorization", "Bearer " + cell.token());
        }
        HttpResponse<String> answer = sent(request);
        contract.check(answer.request(), answer);
        return answer;
    }

    private static String named(String text, Map<String, String> names) {
        String named = text;
        for (Map.Entry<String, String> name : names.entrySet()) {
            named = named.replace(name.getKey(), name.getValue());
        }
        return named;
    }

    private static String reservation() throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri("/v1/reservations"))
                        .header(Callers.GATEWAY_KEY, "edge-key")
                        .POST(
                                BodyPublishers.ofString(
                                        "{\"secret\":\"%s\",\"amount\":1}"
                                                .formatted(SECRET.reveal())));
        return StrictJson.MAPPER
                .readTree(sent(request).body())
                .required("reservation")
                .required("reservationId")
                .asString();
    }

    private static HttpResponse<String> send(String method, String path, String body)
            throws Exception {
        return sent(
                HttpRequest.newBuilder(uri(path)).method(method, BodyPublishers.ofString(body)));
    }

    private static HttpResponse<String> sent(HttpRequest.Builder request) throws Exception {
        return HTTP.send(request.timeout(LIMIT).build(), BodyHandlers.ofString());
    }

    private static URI uri(String path) {
        return URI.create(
                "http://127.0.0.1:"
                        + service.getEnvironment().getProperty("local.server.port")
                        + path);
    }

    /** Who has reported this usage. */
    private static List<String> reporters(String usageId) {
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(
                        Map.of(
                                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                                LedgerInfrastructure.get().kafkaBootstrap()),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer())) {
            List<TopicPartition> partitions =
                    Stream.iterate(0, partition -> partition + 1)
                            .limit(PARTITIONS)
                            .map(partition -> new TopicPartition(Topics.USAGE, partition))
                            .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            List<String> found = new ArrayList<>();
            Await.until(
                    LIMIT,
                    "the usage " + usageId,
                    () -> {
                        consumer.poll(Duration.ofMillis(100))
                                .forEach(record -> {
                                    var report = UsageRecords.read(record);
                                    if (report.usageId().equals(usageId)) {
                                        found.add(report.reporter().toString());
                                    }
                                });
                        return !found.isEmpty();
                    });
            return found;
        }
    }
}
