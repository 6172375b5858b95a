package com.tokaify.ledger.standalone;

import static com.tokaify.ledger.standalone.LedgerPort.COMMAND;
import static com.tokaify.ledger.standalone.LedgerPort.ENFORCEMENT;
import static com.tokaify.ledger.standalone.LedgerPort.QUERY;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.tokaify.ledger.standalone.LedgerClient.Answer;
import com.tokaify.ledger.testkit.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Secrets are made, shown, changed, taken over, used and mistyped while every service logs all it
 * can; then everything that was written or answered is searched for them.
 */
class SecretCanaryIT {
    private static final Duration SOON = Duration.ofMinutes(1);
    private static final String ALPHABET =
            "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int FOREIGN_LENGTH = 48;

    @TempDir private Path temporary;

    /** By name, without {@code sk-}. */
    private final Map<String, String> secrets = new LinkedHashMap<>();

    private final List<String> masks = new ArrayList<>();
    private final List<String> errorBodies = new ArrayList<>();

    /** No secret is anywhere but in the answers that show it; what is no secret is found. */
    @Test
    void noSecretIsWrittenAnywhere() throws Exception {
        Path data = temporary.resolve("data");
        byte[] kafka;
        String token;
        SpanCollector collector = SpanCollector.start();
        Map<String, String> loud =
                Map.of(
                        "LOGGING_LEVEL_ROOT", "debug",
                        "LEDGER_OTLP_ENDPOINT", collector.endpoint(),
                        "LEDGER_TRACING_SAMPLE", "1");
        try (collector;
                RunningLedger ledger = new RunningLedger(data, loud)) {
            LedgerClient client = ledger.client();
            String account =
                    client.post(COMMAND, "/v1/accounts", "{\"name\":\"Canary\"}").text("accountId");
            client.post(
                    COMMAND,
                    "/v1/accounts/" + account + "/credits",
                    "{\"amount\":1000000,\"reference\":\"r\"}");
            token = live(client, account);
            takeOver(client, account);
            use(client);
            mistype(client, account, token);
            kafka = everythingOnKafka(ledger.ports().getOrDefault(LedgerPort.KAFKA, 0));
        }

        SecretSearch search = new SecretSearch(secrets);
        assertThat(search.inFilesOf(data)).as("secrets in files").isEmpty();
        assertThat(search.in(kafka)).as("secrets in records of Kafka").isEmpty();
        assertThat(search.in(collector.everything())).as("secrets in traces").isEmpty();
        for (String body : errorBodies) {
            assertThat(search.in(body)).as(body).isEmpty();
        }

        // The search would have found them: it finds what is no secret, wherever that belongs.
        assertThat(errorBodies).hasSizeGreaterThan(10);
        assertThat(secrets).hasSize(4);
        for (String mask : masks) {
            assertThat(filesWith(data, mask))
                    .as("files with " + mask)
                    .anyMatch(file -> file.contains("pg_wal"))
                    .anyMatch(file -> file.contains("/base/"));
            assertThat(new String(kafka, UTF_8)).contains(mask);
        }
        for (String service : List.of("command-service", "query-service", "enforcement-service")) {
            assertThat(Files.readString(data.resolve("log").resolve(service + ".log")))
                    .contains(" DEBUG ");
        }
        assertThat(Files.readString(data.resolve("log").resolve("command-service.log")))
                .contains("/v1/tokens/" + token + "/rotate");
        assertThat(collector.spans())
                .anyMatch(span ->
                        span.name().equals("decide RotateSecret")
                                && token.equals(span.attributes().get("ledger.stream")))
                .anyMatch(span -> span.name().equals("POST /v1/tokens/{tokenId}/rotate"));
    }

    private String secret(String name, Answer answer) {
        String shown = answer.text("secret");
        assertThat(shown).as(name + ": " + answer.status()).startsWith("sk-");
        String secret = shown.substring("sk-".length());
        secrets.put(name, secret);
        return secret;
    }

    private String foreign(String name) {
        SecureRandom random = new SecureRandom();
        StringBuilder key = new StringBuilder();
        for (int i = 0; i < FOREIGN_LENGTH; i++) {
            key.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        secrets.put(name, key.toString());
        return key.toString();
    }

    /** Creates a token, shows its secret in every form, and rotates it. */
    private String live(LedgerClient client, String account)
            throws IOException, InterruptedException {
        Answer created =
                client.post(
                        COMMAND,
                        "/v1/tokens",
                        "{\"accountId\":\""
                                + account
                                + "\",\"name\":\"ci\",\"group\":\"default\"}");
        secret("created", created);
        masks.add(created.text("mask"));
        String token = created.text("tokenId");
        for (String as : List.of("secret", "copy-token", "connection-string", "curl")) {
            Answer shown =
                    client.post(
                            COMMAND, "/v1/tokens/" + token + "/reveal", "{\"as\":\"" + as + "\"}");
            assertThat(shown.text("secret")).isEqualTo(created.text("secret"));
        }
        Answer rotated =
                client.post(COMMAND, "/v1/tokens/" + token + "/rotate", "{\"graceSeconds\":3600}");
        secret("rotated", rotated);
        masks.add(rotated.text("mask"));
        Answer listed = client.get(QUERY, "/v1/tokens?accountId=" + account, rotated.position());
        assertThat(listed.status()).isEqualTo(200);
        return token;
    }

    private void takeOver(LedgerClient client, String account)
            throws IOException, InterruptedException {
        String path = "/v1/tokens/import?accountId=" + account;
        Answer json =
                client.post(
                        COMMAND,
                        path,
                        "[{\"id\":1,\"key\":\""
                                + foreign("imported as JSON")
                                + "\",\"name\":\"j\",\"unlimited_quota\":true}]");
        Answer csv =
                client.postAs(
                        "text/csv",
                        COMMAND,
                        path,
                        "id,key,name,unlimited_quota\n2," + foreign("imported as CSV") + ",c,1\n");
        for (Answer answer : List.of(json, csv)) {
            assertThat(answer.number("imported")).as(answer.response().body()).isEqualTo(1);
            masks.add(answer.json().at("/items/0/mask").asString());
            errorBodies.add(answer.response().body());
        }
    }

    /** Gateways ask about every secret, and report what it was used for. */
    private void use(LedgerClient client) throws IOException, InterruptedException {
        for (String secret : List.copyOf(secrets.values())) {
            Await.until(
                    SOON,
                    "a secret is known to enforcement",
                    () -> client.verify("sk-" + secret, ""),
                    answer -> answer.text("code").equals("OK"));
            Answer used =
                    client.post(
                            ENFORCEMENT,
                            "/v1/usage",
                            "{\"secret\":\"sk-" + secret + "\",\"usageId\":\"u\",\"amount\":1}");
            errorBodies.add(used.response().body());
        }
    }

    /** Every secret where it does not belong, in requests that are refused. */
    private void mistype(LedgerClient client, String account, String token)
            throws IOException, InterruptedException {
        String begin = "{\"accountId\":\"" + account + "\",\"group\":\"default\",\"name\":";
        for (String bare : List.copyOf(secrets.values())) {
            for (String secret : List.of("sk-" + bare, bare)) {
                String quoted = "\"" + secret + "\"";
                List<String> bodies =
                        List.of(
                                begin + "\"" + secret + "x".repeat(100) + "\"}",
                                begin + "\"a\",\"quotaLimit\":" + quoted + "}",
                                begin + "\"a\",\"expiresAt\":" + quoted + "}",
                                begin + "\"a\",\"models\":" + quoted + "}",
                                begin + "\"a\",\"ipAllowlist\":[" + quoted + "]}",
                                begin + "\"a\",\"ipAllowlist\":[\"10.0.0.1/" + secret + "\"]}",
                                begin + "\"a\"," + quoted + ":1}",
                                "{\"accountId\":" + quoted + "}",
                                "{" + quoted,
                                secret);
                for (String body : bodies) {
                    refused(client.post(COMMAND, "/v1/tokens", body));
                }
                refused(client.postAs("text/plain", COMMAND, "/v1/tokens", secret));
                refused(
                        client.post(
                                COMMAND,
                                "/v1/tokens/" + token + "/reveal",
                                "{\"as\":" + quoted + "}"));
                refused(
                        client.post(
                                COMMAND,
                                "/v1/tokens/" + token + "/rotate",
                                "{\"graceSeconds\":" + quoted + "}"));
                String path = "/v1/tokens/import?accountId=" + account;
                refused(client.post(COMMAND, path, "[{\"key\":" + quoted + ","));
                refused(client.postAs("text/csv", COMMAND, path, "id,key\n1," + secret + ",2\n"));
                refused(client.postAs("text/plain", COMMAND, path, secret));
                String cut = secret.substring(0, secret.length() - 1);
                errorBodies.add(
                        client.post(COMMAND, path, "[{\"key\":\"-" + cut + "\",\"name\":\"x\"}]")
                                .response()
                                .body());
                errorBodies.add(client.verify(cut + "-", "").response().body());
                refused(client.post(ENFORCEMENT, "/v1/verify", "{\"secret\":[" + quoted + "]}"));
                refused(client.post(ENFORCEMENT, "/v1/verify", "{\"secret\":" + quoted));
            }
        }
    }

    private void refused(Answer answer) {
        assertThat(answer.status()).as(answer.response().body()).isBetween(400, 499);
        errorBodies.add(answer.response().body());
    }

    private static byte[] everythingOnKafka(int port) {
        StringBuilder all = new StringBuilder();
        Map<String, Object> config =
                Map.of("bootstrap.servers", "127.0.0.1:" + port, "auto.offset.reset", "earliest");
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(
                        config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions =
                    Stream.of("ledger.events", "ledger.usage")
                            .flatMap(topic -> consumer.partitionsFor(topic).stream())
                            .map(each -> new TopicPartition(each.topic(), each.partition()))
                            .toList();
            Map<TopicPartition, Long> end = consumer.endOffsets(partitions);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (partitions.stream()
                    .anyMatch(each -> consumer.position(each) < end.getOrDefault(each, 0L))) {
                consumer.poll(Duration.ofSeconds(1)).forEach(record -> append(all, record));
            }
        }
        return all.toString().getBytes(UTF_8);
    }

    private static void append(StringBuilder all, ConsumerRecord<byte[], byte[]> record) {
        if (record.key() != null) {
            all.append(new String(record.key(), UTF_8)).append('\n');
        }
        for (Header header : record.headers()) {
            all.append(header.key()).append(new String(header.value(), UTF_8)).append('\n');
        }
        if (record.value() != null) {
            all.append(new String(record.value(), UTF_8)).append('\n');
        }
    }

    private static List<String> filesWith(Path folder, String text) throws IOException {
        List<String> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                if (new String(Files.readAllBytes(file), ISO_8859_1).contains(text)) {
                    found.add(file.toString());
                }
            }
        }
        return found;
    }
}
