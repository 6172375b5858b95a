package com.tokaify.ledger.enforcement;

import static org.assertj.core.api.Assertions.assertThat;

import com.tokaify.ledger.enforcement.grpc.ExtAuthzServer;
import com.tokaify.ledger.enforcement.view.LocalView;
import com.tokaify.ledger.events.AccountEvent.AccountOpened;
import com.tokaify.ledger.events.AccountEvent.BalanceCredited;
import com.tokaify.ledger.events.Actor;
import com.tokaify.ledger.events.LedgerEvent;
import com.tokaify.ledger.events.ModelQuota;
import com.tokaify.ledger.events.QuotaPeriod;
import com.tokaify.ledger.events.RateLimits;
import com.tokaify.ledger.events.Restrictions;
import com.tokaify.ledger.events.TokenEvent;
import com.tokaify.ledger.events.TokenEvent.TokenDisabled;
import com.tokaify.ledger.events.TokenEvent.TokenEnabled;
import com.tokaify.ledger.events.codec.StrictJson;
import com.tokaify.ledger.events.id.AccountId;
import com.tokaify.ledger.events.id.TokenId;
import com.tokaify.ledger.events.kafka.Partitioning;
import com.tokaify.ledger.events.kafka.Topics;
import com.tokaify.ledger.events.net.IpRange;
import com.tokaify.ledger.events.secret.TokenSecret;
import com.tokaify.ledger.events.usage.UsageRecords;
import com.tokaify.ledger.events.usage.UsageReport;
import com.tokaify.ledger.testkit.Await;
import com.tokaify.ledger.testkit.LedgerInfrastructure;
import com.tokaify.ledger.testkit.openapi.ApiContract;
import io.envoyproxy.envoy.config.core.v3.Address;
import io.envoyproxy.envoy.config.core.v3.HeaderValue;
import io.envoyproxy.envoy.config.core.v3.HeaderValueOption;
import io.envoyproxy.envoy.config.core.v3.SocketAddress;
import io.envoyproxy.envoy.service.auth.v3.AttributeContext;
import io.envoyproxy.envoy.service.auth.v3.AuthorizationGrpc;
import io.envoyproxy.envoy.service.auth.v3.CheckRequest;
import io.envoyproxy.envoy.service.auth.v3.CheckResponse;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;

/**
 * The whole service over HTTP, between a real Kafka and a ledger that a test plays. There is no
 * command-service and no PostgreSQL here: whatever passes, passes without them.
 */
class EnforcementServiceIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int PARTITIONS = 4;
    private static final AccountId ACCOUNT = TestLedger.account(1);
    private static final TokenId TOKEN = TestLedger.token(1);

    private final LedgerInfrastructure infrastructure = LedgerInfrastructure.get();
    private final TestLedger ledger = new TestLedger(PARTITIONS);
    private final TokenSecret secret = TestLedger.newSecret();
    private final HttpClient gateway = HttpClient.newHttpClient();
    private @Nullable ConfigurableApplicationContext service;
    private @Nullable ApiContract contract;

    @TempDir private Path folder;

    @BeforeEach
    void emptyTopics() {
        infrastructure.recreateTopics(PARTITIONS);
    }

    @AfterEach
    void stop() {
        gateway.close();
        if (service != null) {
            service.close();
        }
    }

    /** The story of a token: allowed, refused for each reason, and every change seen in time. */
    @Test
    void aTokenIsJudgedByWhatTheStreamSays() throws Exception {
        try (TestRelay relay = relay()) {
            relay.relay(ACCOUNT, new AccountOpened("Acme"), new BalanceCredited(1000, "invoice"));
            relay.relay(TOKEN, created());
            start();
            awaitReady();

            JsonNode allowed = verify("\"model\":\"gpt-5\",\"ip\":\"10.1.2.3\"");
            assertThat(allowed.get("valid").booleanValue()).isTrue();
            assertThat(allowed.get("tokenId").stringValue()).isEqualTo(TOKEN.toString());
            assertThat(allowed.get("accountId").stringValue()).isEqualTo(ACCOUNT.toString());
            assertThat(allowed.get("remaining").longValue()).isEqualTo(100);
            assertThat(allowed.get("position").stringValue())
                    .isEqualTo(ledger.head(TOKEN).toString());
            assertThat(code(verify("\"model\":\"gpt-4\",\"ip\":\"10.1.2.3\"")))
                    .isEqualTo("MODEL_NOT_ALLOWED");
            assertThat(code(verify("\"model\":\"gpt-5\",\"ip\":\"11.1.2.3\"")))
                    .isEqualTo("IP_NOT_ALLOWED");
            assertThat(
                            code(
                                    json(
                                            post(
                                                    "/v1/verify",
                                                    "{\"secret\":\""
                                                            + TestLedger.newSecret().reveal()
                                                            + "\"}"))))
                    .isEqualTo("TOKEN_NOT_FOUND");

            relay.relayAtTheSecondAttempt(TOKEN, new TokenDisabled("leaked"));
            awaitCode("TOKEN_DISABLED");
            relay.relay(
                    TOKEN,
                    new TokenEnabled(),
                    new TokenEvent.QuotaConsumed("u1", 100, "gpt-5", 100, false));
            awaitCode("QUOTA_EXHAUSTED");
        }
    }

    /**
     * A token's limits by the minute hold over every face alike, asking why uses nothing, and what
     * was decided can be read where operators look.
     */
    @Test
    void rateLimitsHoldAndEverythingIsCounted() throws Exception {
        try (TestRelay relay = relay()) {
            relay.relay(ACCOUNT, new AccountOpened("Acme"), new BalanceCredited(1000, "invoice"));
            relay.relay(TOKEN, created());
            start();
            awaitReady();
            relay.relay(TOKEN, new TokenEvent.RateLimitsChanged(new RateLimits(2L, null)));
            Await.until(
                    LIMIT,
                    "the limits have come",
                    () ->
                            service()
                                    .getBean(LocalView.class)
                                    .position(ledger.head(TOKEN).partition()),
                    ledger.head(TOKEN)::equals);
        }
        String check = "\"model\":\"gpt-5\",\"ip\":\"10.1.2.3\"";
        String secretToo = "{\"secret\":\"" + secret.reveal() + "\"," + check + "}";

        for (int i = 0; i < 3; i++) {
            assertThat(json(post("/v1/diagnose", secretToo)).get("valid").booleanValue()).isTrue();
        }
        assertThat(code(verify(check))).isEqualTo("OK");
        assertThat(reason(grpc())).isEqualTo("OK");
        JsonNode refused = verify(check);
        assertThat(code(refused)).isEqualTo("RATE_LIMITED");
        assertThat(refused.get("retryAfterSeconds").longValue()).isBetween(1L, 30L);
        assertThat(reason(grpc())).isEqualTo("RATE_LIMITED");
        assertThat(code(json(post("/v1/diagnose", secretToo)))).isEqualTo("RATE_LIMITED");

        String metrics =
                gateway.send(
                                HttpRequest.newBuilder(uri("/actuator/prometheus")).build(),
                                HttpResponse.BodyHandlers.ofString())
                        .body();
        assertThat(metrics)
                .contains(
                        "ledger_decisions_total{code=\"OK\",face=\"verify\",instance_id=\"edge-1\"} 1.0",
                        "ledger_decisions_total{code=\"RATE_LIMITED\",face=\"grpc\",instance_id=\"edge-1\"}"
                                + " 1.0",
                        "ledger_propagation_seconds_count{instance_id=\"edge-1\"} 1",
                        "ledger_view_ready{instance_id=\"edge-1\"} 1.0",
                        "ledger_view_tokens{instance_id=\"edge-1\"} 1.0",
                        "ledger_rate_meters{instance_id=\"edge-1\"} 1.0")
                .containsPattern("ledger_view_age_seconds\\{instance_id=\"edge-1\"} [0-9.E-]+")
                .containsPattern("ledger_view_behind\\{instance_id=\"edge-1\"} 0");
    }

    private CheckResponse grpc() throws InterruptedException {
        ManagedChannel channel =
                NettyChannelBuilder.forAddress(
                                "127.0.0.1", service().getBean(ExtAuthzServer.class).port())
                        .usePlaintext()
                        .build();
        try {
            return AuthorizationGrpc.newBlockingStub(channel)
                    .withDeadlineAfter(60, TimeUnit.SECONDS)
                    .check(
                            CheckRequest.newBuilder()
                                    .setAttributes(
                                            AttributeContext.newBuilder()
                                                    .setSource(
                                                            AttributeContext.Peer.newBuilder()
                                                                    .setAddress(from("10.1.2.3")))
                                                    .setRequest(
                                                            AttributeContext.Request.newBuilder()
                                                                    .setHttp(called())))
                                    .build());
        } finally {
            channel.shutdownNow().awaitTermination(60, TimeUnit.SECONDS);
        }
    }

    private static Address from(String ip) {
        return Address.newBuilder()
                .setSocketAddress(SocketAddress.newBuilder().setAddress(ip))
                .build();
    }

    private AttributeContext.HttpRequest called() {
        return AttributeContext.HttpRequest.newBuilder()
                .setPath("/v1/chat/completions")
                .putHeaders("authorization", "Bearer " + secret.reveal())
                .putHeaders("x-model", "gpt-5")
                .build();
    }

    private static String reason(CheckResponse response) {
        List<HeaderValueOption> headers =
                response.hasOkResponse()
                        ? response.getOkResponse().getHeadersList()
                        : response.getDeniedResponse().getHeadersList();
        return headers.stream()
                .map(HeaderValueOption::getHeader)
                .filter(header -> header.getKey().equals("X-Authz-Reason"))
                .map(HeaderValue::getValue)
                .findFirst()
                .orElse("");
    }

    /**
     * Periods and limits of models hold over HTTP too, an imported key is a key, and who still uses
     * the secret before the last rotation is told.
     */
    @Test
    void periodsModelsRotationsAndImportedKeysAreJudged() throws Exception {
        TokenSecret foreign = TokenSecret.parseForeign("aB3".repeat(16)).orElseThrow();
        TokenId imported = TestLedger.token(2);
        Instant ahead = Instant.now().plus(Duration.ofHours(1));
        Instant past = Instant.now().minus(Duration.ofHours(1));
        try (TestRelay relay = relay()) {
            relay.relay(ACCOUNT, new AccountOpened("Acme"), new BalanceCredited(1000, "invoice"));
            relay.relay(
                    TOKEN,
                    created(),
                    new TokenEvent.QuotaConsumed("u1", 100, "gpt-5", 100, false),
                    new TokenEvent.QuotaPeriodChanged(
                            new QuotaPeriod(QuotaPeriod.Every.DAY, "UTC")),
                    new TokenEvent.QuotaPeriodStarted(past, ahead, 100),
                    new TokenEvent.ModelQuotasChanged(List.of(new ModelQuota("gpt-5", 30))));
            relay.relay(
                    imported,
                    TestLedger.created(
                            ACCOUNT, Restrictions.NONE, TestLedger.pepper(folder).hash(foreign)),
                    new TokenEvent.TokenImported("new-api", null, 0));
            start();
            awaitReady();

            JsonNode allowed = verify("\"model\":\"gpt-5\",\"ip\":\"10.1.2.3\"");
            assertThat(code(allowed)).isEqualTo("OK");
            assertThat(allowed.get("remaining").longValue()).isEqualTo(30);
            assertThat(allowed.get("secret").stringValue()).isEqualTo("current");

            relay.relay(
                    TOKEN,
                    new TokenEvent.QuotaConsumed("u2", 30, "gpt-5", 130, false),
                    new TokenEvent.ModelQuotaExhausted("gpt-5", 30, 30),
                    new TokenEvent.SecretRotated(
                            TestLedger.pepper(folder).hash(TestLedger.newSecret()), "sk-b", ahead));
            awaitCode("QUOTA_EXHAUSTED");
            JsonNode refused = verify("\"model\":\"gpt-5\",\"ip\":\"10.1.2.3\"");
            assertThat(refused.get("message").stringValue()).contains("model gpt-5 ");
            assertThat(refused.get("secret").stringValue()).isEqualTo("previous");

            relay.relay(TOKEN, new TokenEvent.QuotaPeriodStarted(past, past.plusSeconds(1), 130));
            awaitCode("OK");

            JsonNode taken =
                    json(post("/v1/verify", "{\"secret\":\"%s\"}".formatted(foreign.reveal())));
            assertThat(code(taken)).isEqualTo("OK");
            assertThat(taken.get("tokenId").stringValue()).isEqualTo(imported.toString());
            assertThat(
                            code(
                                    json(
                                            post(
                                                    "/v1/verify",
                                                    "{\"secret\":\"%s\"}"
                                                            .formatted("zZ9".repeat(16))))))
                    .isEqualTo("TOKEN_NOT_FOUND");
        }
    }

    /** Kafka has every report as it was sent, keyed by the token in the token's partition. */
    @Test
    void usageArrivesOnKafkaAsItWasSent() throws Exception {
        try (TestRelay relay = relay()) {
            relay.relay(TOKEN, created());
        }
        start();
        awaitReady();
        Instant before = Instant.now().minusSeconds(1);

        assertThat(
                        post(
                                "/v1/usage",
                                "{\"secret\":\"%s\",\"usageId\":\"u1\",\"amount\":7,\"model\":\"m\"}"
                                        .formatted(secret.reveal())))
                .satisfies(answer -> assertThat(answer.statusCode()).isEqualTo(202))
                .satisfies(answer -> assertThat(answer.body()).isEqualTo("{\"accepted\":1}"));
        String item = "{\"tokenId\":\"%s\",\"usageId\":\"%s\",\"amount\":%d}";
        assertThat(
                        post(
                                        "/v1/usage",
                                        "["
                                                + item.formatted(TOKEN, "u2", 8)
                                                + ","
                                                + item.formatted(TOKEN, "u3", 9)
                                                + "]")
                                .statusCode())
                .isEqualTo(202);

        List<ConsumerRecord<byte[], byte[]>> records = usageOnKafka(3);
        assertThat(records)
                .allSatisfy(record -> {
                    assertThat(new String(record.key(), StandardCharsets.UTF_8))
                            .isEqualTo(TOKEN.toString());
                    assertThat(record.partition())
                            .isEqualTo(new Partitioning(PARTITIONS).partitionOf(TOKEN));
                });
        List<UsageReport> reports = records.stream().map(UsageRecords::read).toList();
        Actor reporter = new Actor(Actor.Kind.GATEWAY, "edge-1");
        assertThat(reports)
                .allSatisfy(
                        report -> assertThat(report.occurredAt()).isBetween(before, Instant.now()));
        assertThat(reports.stream().map(EnforcementServiceIT::withoutTime).toList())
                .containsExactly(
                        new UsageReport(TOKEN, "u1", 7, "m", Instant.EPOCH, reporter),
                        new UsageReport(TOKEN, "u2", 8, null, Instant.EPOCH, reporter),
                        new UsageReport(TOKEN, "u3", 9, null, Instant.EPOCH, reporter));
    }

    /** An instance says nothing before it knows everything, here not even the topic. */
    @Test
    void checksAreRefusedUntilTheViewIsReady() throws Exception {
        try (Admin admin =
                Admin.create(Map.of("bootstrap.servers", infrastructure.kafkaBootstrap()))) {
            admin.deleteTopics(List.of(Topics.EVENTS)).all().get();
        }
        start();

        HttpResponse<String> early = post("/v1/verify", "{\"secret\":\"" + secret.reveal() + "\"}");
        assertThat(early.statusCode()).isEqualTo(503);
        assertThat(code(json(early))).isEqualTo("VIEW_NOT_READY");
        assertThat(get("/actuator/health/readiness").statusCode()).isEqualTo(503);
        assertThat(json(get("/v1/view")).get("ready").booleanValue()).isFalse();

        infrastructure.recreateTopics(PARTITIONS);
        awaitReady();
        try (TestRelay relay = relay()) {
            relay.relay(ACCOUNT, new AccountOpened("Acme"), new BalanceCredited(1000, "invoice"));
            relay.relay(TOKEN, created());
            awaitCode("OK");
        }
        JsonNode view = json(get("/v1/view"));
        assertThat(view.get("tokens").intValue()).isEqualTo(1);
        assertThat(view.get("accounts").intValue()).isEqualTo(1);
        assertThat(view.get("eventsApplied").intValue()).isEqualTo(3);
        assertThat(view.get("partitions").size()).isEqualTo(PARTITIONS);
        JsonNode propagation = view.get("propagation");
        assertThat(propagation.get("count").intValue()).isBetween(1, 3);
        assertThat(propagation.get("p99Millis").longValue())
                .isBetween(
                        propagation.get("p50Millis").longValue(),
                        propagation.get("maxMillis").longValue());
    }

    /** After a gap nobody is let through, and the operator is told which event is missing. */
    @Test
    void aGapFailsClosed() throws Exception {
        try (TestRelay relay = relay()) {
            relay.relay(ACCOUNT, new BalanceCredited(1000, "invoice"));
            relay.relay(TOKEN, created());
            start();
            awaitReady();
            awaitCode("OK");

            long missing = ledger.head(TOKEN).pseq() + 1;
            ledger.lose(TOKEN);
            relay.relay(TOKEN, new TokenEnabled());

            awaitCode("VIEW_NOT_READY");
            // Everything is read once more before it is given up.
            HttpResponse<String> readiness =
                    Await.until(
                            LIMIT,
                            "the end",
                            () -> get("/actuator/health/readiness"),
                            answer -> answer.body().contains("\"DOWN\""));
            assertThat(readiness.statusCode()).isEqualTo(503);
            assertThat(readiness.body()).contains("event " + missing + " is missing");
            assertThat(json(get("/v1/view")).get("rebuilds").intValue()).isEqualTo(1);
        }
    }

    /** A killed broker stops no check, and once it is back the view goes on where it was. */
    @Test
    void theViewSurvivesAKilledBroker() throws Exception {
        try (TestRelay relay = relay()) {
            relay.relay(ACCOUNT, new BalanceCredited(1000, "invoice"));
            relay.relay(TOKEN, created());
        }
        start();
        awaitReady();

        infrastructure.killAndRestartKafka();

        awaitCode("OK");
        try (TestRelay relay = relay()) {
            relay.relay(TOKEN, new TokenDisabled(null));
            awaitCode("TOKEN_DISABLED");
        }
    }

    /**
     * A restart goes on from the snapshot its end has left, with no more than what came after it
     * and the record it is held fast by; and it decides as before.
     */
    @Test
    void aRestartReadsTheSnapshotAndTheTail() throws Exception {
        try (TestRelay relay = relay()) {
            relay.relay(ACCOUNT, new BalanceCredited(1000, "invoice"));
            relay.relay(TOKEN, created(), new TokenEvent.QuotaConsumed("u1", 60, null, 60, false));
            start();
            awaitReady();
            awaitCode("OK");
            service().close();
            relay.relay(TOKEN, new TokenEvent.QuotaConsumed("u2", 10, null, 70, false));

            start();
            awaitReady();
            assertThat(
                            verify("\"model\":\"gpt-5\",\"ip\":\"10.1.2.3\"")
                                    .get("remaining")
                                    .longValue())
                    .isEqualTo(30);
            JsonNode view = json(get("/v1/view"));
            assertThat(view.get("eventsApplied").intValue()).isEqualTo(4);
            assertThat(view.get("eventsInSnapshot").intValue()).isEqualTo(3);
            assertThat(view.get("rebuilds").intValue()).isZero();
            assertThat(view.get("percent").intValue()).isEqualTo(100);
        }
    }

    /**
     * Where Kafka lacks what the snapshot holds, as after a broker was restored, the snapshot is
     * not believed: the view is what Kafka says now.
     */
    @Test
    void aSnapshotAheadOfKafkaIsThrownAway() throws Exception {
        try (TestRelay relay = relay()) {
            relay.relay(ACCOUNT, new BalanceCredited(1000, "invoice"));
            relay.relay(TOKEN, created());
        }
        start();
        awaitReady();
        service().close();

        infrastructure.recreateTopics(PARTITIONS);
        start();
        awaitReady();
        assertThat(code(verify("\"model\":\"gpt-5\",\"ip\":\"10.1.2.3\"")))
                .isEqualTo("TOKEN_NOT_FOUND");
        JsonNode view = json(get("/v1/view"));
        assertThat(view.get("eventsApplied").intValue()).isZero();
        assertThat(view.get("rebuilds").intValue()).isEqualTo(1);
    }

    /**
     * While Kafka is away no longer than allowed checks go on; beyond that nobody is let through,
     * and everybody is told why; and once it is back all goes on by itself.
     */
    @Test
    void kafkaAwayBeyondTheLimitFailsClosed() throws Exception {
        try (TestRelay relay = relay()) {
            relay.relay(ACCOUNT, new BalanceCredited(1000, "invoice"));
            relay.relay(TOKEN, created());
        }
        start("--ledger.view.staleness-limit=10s");
        awaitReady();
        awaitCode("OK");

        infrastructure.killKafka();
        try {
            assertThat(code(verify("\"model\":\"gpt-5\",\"ip\":\"10.1.2.3\""))).isEqualTo("OK");
            awaitCode("VIEW_NOT_READY");
            HttpResponse<String> refused =
                    post("/v1/verify", "{\"secret\":\"" + secret.reveal() + "\"}");
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(json(refused).get("message").stringValue()).contains("for too long");
            assertThat(post("/authz", "").statusCode()).isEqualTo(503);
            assertThat(json(get("/v1/view")).get("stale").booleanValue()).isTrue();
            assertThat(get("/actuator/health/readiness").statusCode()).isEqualTo(503);
        } finally {
            infrastructure.restartKafka();
        }
        awaitCode("OK");
        assertThat(json(get("/v1/view")).get("ageMillis").longValue()).isLessThan(10_000);
    }

    /**
     * Who would rather go on says so: Kafka being away beyond the limit changes no answer then, and
     * how old what was decided on may be is told with it.
     */
    @Test
    void kafkaAwayBeyondTheLimitMayBeLeftOpen() throws Exception {
        try (TestRelay relay = relay()) {
            relay.relay(ACCOUNT, new BalanceCredited(1000, "invoice"));
            relay.relay(TOKEN, created());
        }
        start("--ledger.view.staleness-limit=2s", "--LEDGER_VIEW_WHEN_STALE=open");
        awaitReady();
        awaitCode("OK");

        infrastructure.killKafka();
        try {
            Await.until(
                    LIMIT, "a stale view", () -> json(get("/v1/view")).get("stale").booleanValue());
            assertThat(code(verify("\"model\":\"gpt-5\",\"ip\":\"10.1.2.3\""))).isEqualTo("OK");
            assertThat(code(verify("\"model\":\"gpt-4\",\"ip\":\"10.1.2.3\"")))
                    .isEqualTo("MODEL_NOT_ALLOWED");
            HttpResponse<String> hook =
                    send(
                            HttpRequest.newBuilder(uri("/authz"))
                                    .header("x-api-key", secret.reveal())
                                    .header("X-Model", "gpt-5")
                                    .header("X-Forwarded-For", "10.1.2.3")
                                    .GET());
            assertThat(hook.statusCode()).isEqualTo(200);
            assertThat(hook.headers().firstValueAsLong("Ledger-View-Age-Ms").orElseThrow())
                    .isGreaterThanOrEqualTo(2000);
            assertThat(get("/actuator/health/readiness").statusCode()).isEqualTo(200);
        } finally {
            infrastructure.restartKafka();
        }
    }

    /** Bodies are bounded before they are read, each by its endpoint's own bound. */
    @Test
    void aBodyThatIsTooLargeIsRefused() throws Exception {
        start();
        awaitReady();
        String text = "x".repeat(64 * 1024);

        HttpResponse<String> check = post("/v1/verify", "{\"secret\":\"" + text + "\"}");
        assertThat(check.statusCode()).isEqualTo(413);
        assertThat(code(json(check))).isEqualTo("CONTENT_TOO_LARGE");
        assertThat(post("/v1/usage", "{\"secret\":\"" + text + "\"}").statusCode()).isEqualTo(400);
        assertThat(post("/v1/usage", "x".repeat(512_001)).statusCode()).isEqualTo(413);
        assertThat(post("/authz", text.repeat(2)).statusCode()).isEqualTo(401);
    }

    /** A gateway's connection is not closed on it, however many checks it carries. */
    @Test
    void connectionsAreKept() throws Exception {
        start();
        awaitReady();
        for (int i = 0; i < 250; i++) {
            assertThat(post("/v1/verify", "{}").headers().firstValue("Connection")).isEmpty();
        }
    }

    private LedgerEvent created() {
        return TestLedger.created(
                ACCOUNT,
                new Restrictions(
                        100L,
                        List.of("gpt-5"),
                        List.of(IpRange.parse("10.0.0.0/8")),
                        Instant.now().plus(Duration.ofHours(1))),
                TestLedger.pepper(folder).hash(secret));
    }

    private TestRelay relay() {
        return new TestRelay(infrastructure.kafkaBootstrap(), ledger);
    }

    private void start(String... more) {
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "--server.port=0",
                                "--LEDGER_ENFORCEMENT_GRPC_PORT=0",
                                "--ledger.partitions=" + PARTITIONS,
                                "--ledger.pepper-file=" + TestLedger.pepperFile(folder),
                                "--ledger.instance-id=edge-1",
                                "--ledger.view.snapshot-folder=" + folder.resolve("view"),
                                "--ledger.kafka.bootstrap=" + infrastructure.kafkaBootstrap()));
        arguments.addAll(List.of(more));
        service =
                SpringApplication.run(
                        EnforcementServiceApplication.class, arguments.toArray(String[]::new));
        contract = new ApiContract(gateway, uri(""));
    }

    private void awaitReady() {
        Await.until(LIMIT, "ready", () -> get("/actuator/health/readiness").statusCode() == 200);
    }

    private void awaitCode(String code) {
        Await.until(
                LIMIT,
                "the code " + code,
                () -> code(verify("\"model\":\"gpt-5\",\"ip\":\"10.1.2.3\"")),
                code::equals);
    }

    private JsonNode verify(String fields) throws Exception {
        return json(
                post("/v1/verify", "{\"secret\":\"%s\",%s}".formatted(secret.reveal(), fields)));
    }

    private static String code(JsonNode answer) {
        return answer.get("code").stringValue();
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return StrictJson.MAPPER.readTree(answer.body());
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(uri(path)).GET());
    }

    private HttpResponse<String> post(String path, String body)
            throws IOException, InterruptedException {
        return send(
                HttpRequest.newBuilder(uri(path)).POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private HttpResponse<String> send(HttpRequest.Builder request)
            throws IOException, InterruptedException {
        HttpRequest sent = request.timeout(LIMIT).build();
        HttpResponse<String> answer = gateway.send(sent, HttpResponse.BodyHandlers.ofString());
        Objects.requireNonNull(contract).check(sent, answer);
        return answer;
    }

    private URI uri(String path) {
        return URI.create(
                "http://127.0.0.1:"
                        + service().getEnvironment().getProperty("local.server.port")
                        + path);
    }

    private ConfigurableApplicationContext service() {
        return Objects.requireNonNull(service);
    }

    private static UsageReport withoutTime(UsageReport report) {
        return new UsageReport(
                report.tokenId(),
                report.usageId(),
                report.amount(),
                report.model(),
                Instant.EPOCH,
                report.reporter());
    }

    private List<ConsumerRecord<byte[], byte[]>> usageOnKafka(int count) {
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(
                        Map.of(
                                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                                infrastructure.kafkaBootstrap()),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer())) {
            List<TopicPartition> partitions =
                    IntStream.range(0, PARTITIONS)
                            .mapToObj(p -> new TopicPartition(Topics.USAGE, p))
                            .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
            Await.until(
                    LIMIT,
                    count + " usage records",
                    () -> {
                        consumer.poll(Duration.ofMillis(100)).forEach(records::add);
                        return records.size();
                    },
                    size -> size >= count);
            return records;
        }
    }
}
