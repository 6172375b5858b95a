package com.tokaify.ledger.enforcement.usage;

import static org.assertj.core.api.Assertions.assertThat;

import com.tokaify.ledger.enforcement.EnforcementServiceApplication;
import com.tokaify.ledger.enforcement.TestLedger;
import com.tokaify.ledger.enforcement.TestRelay;
import com.tokaify.ledger.events.AccountEvent.BalanceCredited;
import com.tokaify.ledger.events.Restrictions;
import com.tokaify.ledger.events.TokenEvent.QuotaConsumed;
import com.tokaify.ledger.events.codec.StrictJson;
import com.tokaify.ledger.events.id.AccountId;
import com.tokaify.ledger.events.id.TokenId;
import com.tokaify.ledger.events.kafka.Topics;
import com.tokaify.ledger.events.secret.TokenSecret;
import com.tokaify.ledger.events.usage.UsageRecords;
import com.tokaify.ledger.events.usage.UsageReport;
import com.tokaify.ledger.testkit.Await;
import com.tokaify.ledger.testkit.LedgerInfrastructure;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;

/** Whole instances with spools, before a real Kafka that comes and goes. */
class UsageWithoutKafkaIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int PARTITIONS = 4;
    private static final AccountId ACCOUNT = TestLedger.account(1);
    private static final TokenId TOKEN = TestLedger.token(1);

    private final LedgerInfrastructure infrastructure = LedgerInfrastructure.get();
    private final String bootstrap = infrastructure.kafkaBootstrap();
    private final TestLedger ledger = new TestLedger(PARTITIONS);
    private final TokenSecret secret = TestLedger.newSecret();
    private final HttpClient gateway = HttpClient.newHttpClient();
    private final List<ConfigurableApplicationContext> instances = new ArrayList<>();

    @TempDir private Path folder;

    @BeforeEach
    void aTokenWithAQuotaOf100() {
        infrastructure.recreateTopics(PARTITIONS);
        try (TestRelay relay = new TestRelay(bootstrap, ledger)) {
            relay.relay(ACCOUNT, new BalanceCredited(1000, "invoice"));
            relay.relay(
                    TOKEN,
                    TestLedger.created(
                            ACCOUNT,
                            new Restrictions(100L, null, null, null),
                            TestLedger.pepper(folder).hash(secret)));
        }
    }

    @AfterEach
    void stop() {
        instances.forEach(ConfigurableApplicationContext::close);
        gateway.close();
        infrastructure.restartKafka();
    }

    /**
     * With the broker gone usage is still acknowledged; with the broker back it has exactly what
     * was, in the amounts that were, and the disk is empty.
     */
    @Test
    void whatIsAcknowledgedWithoutKafkaArrivesWhenItIsBack() throws Exception {
        ConfigurableApplicationContext instance = start("edge-1");
        Map<String, Long> acknowledged = new HashMap<>();
        report(instance, "before", 1, acknowledged);

        infrastructure.killKafka();
        for (int i = 0; i < 40; i++) {
            report(instance, "away-" + i, 2 + i, acknowledged);
        }
        JsonNode spool = spool(instance);
        assertThat(spool.get("spooledReports").longValue()).isEqualTo(40);
        assertThat(spool.get("spooledBytes").longValue()).isPositive();

        infrastructure.restartKafka();
        Await.until(
                LIMIT,
                "the spool is empty",
                () -> spool(instance).get("spooledBytes").longValue() == 0);
        report(instance, "after", 99, acknowledged);

        assertThat(acknowledged).hasSize(42);
        awaitOnKafka(acknowledged);
    }

    /** An instance that goes down without Kafka leaves its usage for its next start. */
    @Test
    void usageOutlivesItsInstance() throws Exception {
        ConfigurableApplicationContext instance = start("edge-1");
        Map<String, Long> acknowledged = new HashMap<>();
        infrastructure.killKafka();
        report(instance, "u1", 7, acknowledged);
        instance.close();
        infrastructure.restartKafka();
        assertThat(amountsOnKafka()).isEmpty();

        ConfigurableApplicationContext next = start("edge-1");
        Await.until(
                LIMIT,
                "the spool is empty",
                () -> spool(next).get("spooledBytes").longValue() == 0);
        awaitOnKafka(acknowledged);
    }

    /**
     * What one instance has reserved another settles; it is one usage wherever it is settled, and
     * the first lets go of the rest when the stream tells.
     */
    @Test
    void anotherInstanceSettles() throws Exception {
        ConfigurableApplicationContext first = start("edge-1");
        ConfigurableApplicationContext second = start("edge-2");

        JsonNode reserved =
                json(
                        post(
                                first,
                                "/v1/reservations",
                                "{\"secret\":\"%s\",\"amount\":70,\"requestId\":\"r1\"}"
                                        .formatted(secret.reveal())));
        assertThat(reserved.get("code").stringValue()).isEqualTo("OK");
        String path =
                "/v1/reservations/"
                        + reserved.get("reservation").get("reservationId").stringValue();
        assertThat(remaining(first)).isEqualTo(30);
        assertThat(remaining(second)).isEqualTo(100);

        JsonNode there = json(post(second, path + "/settle", "{\"amount\":60}"));
        assertThat(there.get("state").stringValue()).isEqualTo("SETTLED");
        assertThat(there.get("was").stringValue()).isEqualTo("ELSEWHERE");
        String usageId = there.get("usageId").stringValue();
        assertThat(remaining(second)).isEqualTo(40);
        awaitOnKafka(Map.of(usageId, 60L));

        try (TestRelay relay = new TestRelay(bootstrap, ledger)) {
            relay.relay(TOKEN, new QuotaConsumed(usageId, 60, null, 60, false));
        }
        Await.until(LIMIT, "the first knows", () -> remaining(first), left -> left == 40);
        assertThat(remaining(second)).isEqualTo(40);
        JsonNode here = json(post(first, path + "/settle", "{\"amount\":60}"));
        assertThat(here.get("usageId").stringValue()).isEqualTo(usageId);

        HttpResponse<String> other = post(first, path + "/settle", "{\"amount\":61}");
        assertThat(other.statusCode()).isEqualTo(409);
        assertThat(other.body()).contains("RESERVATION_SETTLED");
        assertThat(post(second, path + "/release", "").statusCode()).isEqualTo(409);
        assertThat(post(first, path + "x/settle", "{\"amount\":1}").statusCode()).isEqualTo(404);
        assertThat(post(first, path + "/settle", "{\"amount\":0}").body()).contains("amount");
        assertThat(post(first, path, "{}").statusCode()).isEqualTo(404);
        assertThat(post(first, path + "/release", "{\"a\":1}").body()).contains("INVALID_REQUEST");
    }

    /** What is released is free again, and may be released again. */
    @Test
    void aReservationIsReleased() throws Exception {
        ConfigurableApplicationContext instance = start("edge-1");
        String body = "{\"secret\":\"%s\",\"amount\":%d}";
        JsonNode reserved =
                json(post(instance, "/v1/reservations", body.formatted(secret.reveal(), 100)));
        JsonNode refused =
                json(post(instance, "/v1/reservations", body.formatted(secret.reveal(), 1)));
        assertThat(refused.get("code").stringValue()).isEqualTo("QUOTA_EXHAUSTED");
        assertThat(refused.has("reservation")).isFalse();
        String path =
                "/v1/reservations/"
                        + reserved.get("reservation").get("reservationId").stringValue()
                        + "/release";
        for (int i = 0; i < 2; i++) {
            assertThat(json(post(instance, path, "")).get("state").stringValue())
                    .isEqualTo("RELEASED");
        }
        assertThat(remaining(instance)).isEqualTo(100);
        assertThat(post(instance, "/v1/reservations", "{\"secret\":\"x\"}").body())
                .contains("amount is required");
    }

    private ConfigurableApplicationContext start(String name) {
        ConfigurableApplicationContext instance =
                SpringApplication.run(
                        EnforcementServiceApplication.class,
                        "--server.port=0",
                        "--LEDGER_ENFORCEMENT_GRPC_PORT=0",
                        "--ledger.partitions=" + PARTITIONS,
                        "--ledger.pepper-file=" + TestLedger.pepperFile(folder),
                        "--ledger.instance-id=" + name,
                        "--ledger.kafka.bootstrap=" + bootstrap,
                        "--ledger.usage.timeout=1s",
                        "--ledger.usage.spool-folder=" + folder.resolve(name),
                        "--management.endpoint.health.show-details=always");
        instances.add(instance);
        Await.until(
                LIMIT,
                "ready",
                () -> get(instance, "/actuator/health/readiness").statusCode() == 200);
        return instance;
    }

    private void report(
            ConfigurableApplicationContext instance,
            String usageId,
            long amount,
            Map<String, Long> acknowledged)
            throws Exception {
        HttpResponse<String> answer =
                post(
                        instance,
                        "/v1/usage",
                        "{\"tokenId\":\"%s\",\"usageId\":\"%s\",\"amount\":%d}"
                                .formatted(TOKEN, usageId, amount));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        acknowledged.put(usageId, amount);
    }

    private JsonNode spool(ConfigurableApplicationContext instance) throws Exception {
        return json(get(instance, "/actuator/health"))
                .get("components")
                .get("usageSpool")
                .get("details");
    }

    private long remaining(ConfigurableApplicationContext instance) throws Exception {
        return json(post(instance, "/v1/verify", "{\"secret\":\"" + secret.reveal() + "\"}"))
                .get("remaining")
                .longValue();
    }

    /** A Kafka that takes longer than usage waits for it gets it by way of the spool. */
    private void awaitOnKafka(Map<String, Long> amounts) {
        Await.until(LIMIT, "usage on Kafka", this::amountsOnKafka, amounts::equals);
    }

    /** By usage id; the same usage twice must be the same twice. */
    private Map<String, Long> amountsOnKafka() {
        Map<String, Long> amounts = new HashMap<>();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(
                        Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer())) {
            List<TopicPartition> partitions =
                    IntStream.range(0, PARTITIONS)
                            .mapToObj(p -> new TopicPartition(Topics.USAGE, p))
                            .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream()
                    .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                for (ConsumerRecord<byte[], byte[]> record :
                        consumer.poll(Duration.ofMillis(100))) {
                    UsageReport report = UsageRecords.read(record);
                    Long before = amounts.put(report.usageId(), report.amount());
                    assertThat(before == null || before == report.amount()).isTrue();
                }
            }
        }
        return amounts;
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return StrictJson.MAPPER.readTree(answer.body());
    }

    private HttpResponse<String> get(ConfigurableApplicationContext instance, String path)
            throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(uri(instance, path)).GET());
    }

    private HttpResponse<String> post(
            ConfigurableApplicationContext instance, String path, String body)
            throws IOException, InterruptedException {
        return send(
                HttpRequest.newBuilder(uri(instance, path))
                        .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private HttpResponse<String> send(HttpRequest.Builder request)
            throws IOException, InterruptedException {
        return gateway.send(request.timeout(LIMIT).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static URI uri(ConfigurableApplicationContext instance, String path) {
        return URI.create(
                "http://127.0.0.1:"
                        + instance.getEnvironment().getProperty("local.server.port")
                        + path);
    }
}
