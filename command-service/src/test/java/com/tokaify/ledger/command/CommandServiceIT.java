package com.tokaify.ledger.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.tokaify.ledger.command.RunningCommandService.Answer;
import com.tokaify.ledger.events.Actor;
import com.tokaify.ledger.events.LedgerEvent;
import com.tokaify.ledger.events.Position;
import com.tokaify.ledger.events.StoredEvent;
import com.tokaify.ledger.events.TokenEvent.QuotaConsumed;
import com.tokaify.ledger.events.TokenEvent.QuotaExhausted;
import com.tokaify.ledger.events.TokenEvent.TokenCreated;
import com.tokaify.ledger.events.codec.EventCodec;
import com.tokaify.ledger.events.secret.Pepper;
import com.tokaify.ledger.events.secret.TokenSecret;
import com.tokaify.ledger.testkit.LedgerDatabase;
import com.tokaify.ledger.testkit.LedgerInfrastructure;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * The story of issue 2, as far as command-service tells it, over HTTP on real PostgreSQL and Kafka.
 */
class CommandServiceIT {
    private static LedgerDatabase database;
    private static RunningCommandService service;

    @BeforeAll
    static void start() {
        LedgerInfrastructure.get().recreateTopics(LedgerInstance.PARTITIONS);
        database = LedgerInfrastructure.get().newLedgerDatabase();
        service = RunningCommandService.on(database);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    private static String newAccount() throws Exception {
        Answer opened = service.post("/v1/accounts", "{\"name\":\"Acme\"}");
        assertThat(opened.status()).isEqualTo(201);
        return opened.text("accountId");
    }

    private static Answer newToken(String account) throws Exception {
        Answer created =
                service.post(
                        "/v1/tokens",
                        """
                        {"accountId":"%s","name":"ci","group":"default","quotaLimit":100,
                         "models":["gpt-4o"],"ipAllowlist":["10.0.0.0/8"],
                         "expiresAt":"2099-01-31T12:00:00Z"}
                        """
                                .formatted(account));
        assertThat(created.status()).as(created.json().toString()).isEqualTo(201);
        return created;
    }

    private static Answer consume(String token, String usageId, long amount) throws Exception {
        return service.post(
                "/v1/tokens/" + token + "/consumptions",
                "{\"usageId\":\"%s\",\"amount\":%d,\"model\":\"gpt-4o\"}"
                        .formatted(usageId, amount));
    }

    private static List<StoredEvent> storedOf(String stream) throws Exception {
        return LedgerInstance.stored(database).stream()
                .filter(event -> event.stream().toString().equals(stream))
                .toList();
    }

    private static List<LedgerEvent> eventsOf(String stream) throws Exception {
        return storedOf(stream).stream().map(event -> EventCodec.decode(event).event()).toList();
    }

    /** A token is consumed up to its cap, each usage once, and not a unit further. */
    @Test
    void aTokenIsCreatedConsumedAndExhausted() throws Exception {
        String token = newToken(newAccount()).text("tokenId");
        Answer first = consume(token, "u1", 60);
        assertThat(first.status()).as(first.json().toString()).isEqualTo(201);
        assertThat(first.json().get("total").asLong()).isEqualTo(60);
        assertThat(first.json().get("remaining").asLong()).isEqualTo(40);
        assertThat(consume(token, "u1", 60).json()).isEqualTo(first.json());
        assertThat(consume(token, "u1", 61).text("code")).isEqualTo("USAGE_ID_CONFLICT");
        assertThat(consume(token, "u2", 41).text("code")).isEqualTo("QUOTA_EXHAUSTED");
        assertThat(consume(token, "u3", 40).json().get("remaining").asLong()).isZero();
        assertThat(eventsOf(token))
                .hasSize(4)
                .endsWith(
                        new QuotaConsumed("u1", 60, "gpt-4o", 60, false),
                        new QuotaConsumed("u3", 40, "gpt-4o", 100, false),
                        new QuotaExhausted(100, 100));
    }

    /** Enabling and disabling are idempotent, and a disabled token consumes nothing. */
    @Test
    void aTokenIsDisabledAndEnabledAgain() throws Exception {
        String token = newToken(newAccount()).text("tokenId");
        String path = "/v1/tokens/" + token;
        assertThat(service.post(path + "/enable", "").status()).isEqualTo(200);
        Answer disabled = service.post(path + "/disable", "{\"reason\":\"leaked\"}");
        assertThat(disabled.status()).isEqualTo(200);
        assertThat(disabled.json().get("enabled").asBoolean()).isFalse();
        Answer again = service.post(path + "/disable", "");
        assertThat(again.json()).isEqualTo(disabled.json());
        assertThat(consume(token, "u1", 1).text("code")).isEqualTo("TOKEN_DISABLED");
        Answer enabled = service.post(path + "/enable", "");
        assertThat(enabled.json().get("enabled").asBoolean()).isTrue();
        assertThat(consume(token, "u1", 1).status()).isEqualTo(201);
        assertThat(eventsOf(token)).hasSize(4);
    }

    /** Whoever watches sees whether Kafka is told what is recorded, and how old what it has is. */
    @Test
    void healthTellsHowFarKafkaIsBehind() throws Exception {
        Answer health = service.get("/actuator/health");
        JsonNode relay = health.json().at("/components/relay");
        assertThat(relay.get("status").asString()).isEqualTo("UP");
        assertThat(relay.at("/details/toldEverythingMillisAgo").asLong(-1)).isBetween(0L, 10_000L);
    }

    /** Each answer says up to where a reader must have come, and the stream's version. */
    @Test
    void everyAnswerTellsItsPositionAndVersion() throws Exception {
        String account = newAccount();
        Answer credited =
                service.post(
                        "/v1/accounts/" + account + "/credits",
                        "{\"amount\":1000,\"reference\":\"inv-1\"}");
        assertThat(credited.status()).isEqualTo(201);
        assertTellsOf(credited, storedOf(account).get(1));
        Answer creditedAgain =
                service.post(
                        "/v1/accounts/" + account + "/credits",
                        "{\"amount\":1000,\"reference\":\"inv-1\"}");
        assertThat(creditedAgain.json()).isEqualTo(credited.json());
        assertTellsOf(creditedAgain, storedOf(account).get(1));

        Answer created = newToken(account);
        String token = created.text("tokenId");
        assertTellsOf(created, storedOf(token).getFirst());
        assertTellsOf(
                service.post("/v1/tokens/" + token + "/enable", ""), storedOf(token).getFirst());
        assertTellsOf(
                service.post("/v1/tokens/" + token + "/disable", ""), storedOf(token).getLast());
        assertTellsOf(
                service.post("/v1/tokens/" + token + "/enable", ""), storedOf(token).getLast());
        assertTellsOf(consume(token, "u1", 5), storedOf(token).getLast());
        // Two events: the answer speaks of the second.
        assertTellsOf(consume(token, "u2", 95), storedOf(token).getLast());
        assertThat(eventsOf(token)).last().isInstanceOf(QuotaExhausted.class);
    }

    private static void assertTellsOf(Answer answer, StoredEvent event) {
        assertThat(answer.header(Position.HEADER)).contains(event.position().toString());
        assertThat(answer.header("ETag")).contains("\"" + event.sequence() + "\"");
    }

    /** Who asked, and the caller's own id of the request, are kept with the event. */
    @Test
    void theRequestIdAndTheActorAreKeptWithTheEvent() throws Exception {
        Answer opened =
                service.send(
                        service.request("/v1/accounts")
                                .header("Content-Type", "application/json")
                                .header("X-Request-Id", "console-42")
                                .POST(HttpRequest.BodyPublishers.ofString("{\"name\":\"Łódź\"}")));
        assertThat(opened.header("X-Request-Id")).contains("console-42");
        assertThat(opened.text("name")).isEqualTo("Łódź");
        StoredEvent event = storedOf(opened.text("accountId")).getFirst();
        assertThat(event.correlationId()).isEqualTo("console-42");
        assertThat(event.actor()).isEqualTo(new Actor(Actor.Kind.OPERATOR, "local"));
    }

    /**
     * The one answer that shows the secret is kept by no cache, and pastes as clients expect it.
     */
    @Test
    void theSecretIsShownOnceAndPastesAsItShould(@TempDir Path folder) throws Exception {
        Answer created = newToken(newAccount());
        String secret = created.text("secret");
        assertThat(created.header("Cache-Control")).contains("no-store");
        assertThat(created.text("connectionString"))
                .isEqualTo(
                        "{\"_type\":\"newapi_channel_conn\",\"key\":\""
                                + secret
                                + "\",\"url\":\"https://api.tokaify.com\"}");
        TokenSecret parsed = TokenSecret.parse(secret).orElseThrow();
        assertThat(created.text("mask")).isEqualTo(parsed.mask());
        TokenCreated event = (TokenCreated) eventsOf(created.text("tokenId")).getFirst();
        assertThat(event.mask()).isEqualTo(parsed.mask());
        Path pepper = Files.write(folder.resolve("pepper"), new byte[32]);
        assertThat(event.lookupHash()).isEqualTo(Pepper.read(pepper).hash(parsed));
    }

    /** No secret is in the database, in no form: text, base64 or hexadecimal. */
    @Test
    void noSecretIsEverStored() throws Exception {
        List<String> secrets = new ArrayList<>();
        String account = newAccount();
        for (int i = 0; i < 5; i++) {
            secrets.add(newToken(account).text("secret"));
        }
        List<String> rows = everyRow();
        assertThat(rows).anyMatch(row -> row.contains(account));
        for (String secret : secrets) {
            String inner = secret.substring("sk-tkf".length());
            byte[] bytes = inner.getBytes(StandardCharsets.UTF_8);
            assertThat(rows)
                    .noneMatch(row ->
                            row.contains(inner)
                                    || row.contains(Base64.getEncoder().encodeToString(bytes))
                                    || row.contains(HexFormat.of().formatHex(bytes)));
        }
    }

    /** Each row of the ledger's tables as text, payloads in clear. */
    private static List<String> everyRow() throws Exception {
        List<String> rows = new ArrayList<>();
        try (Connection connection = database.superuser();
                ResultSet row =
                        connection
                                .createStatement()
                                .executeQuery(
                                        """
                                        select e::text || ' ' || convert_from(payload, 'UTF8')
                                            || ' ' || stream from ledger.event e
                                        union all select u::text from ledger.unbooked_usage u
                                        union all select h::text from flyway_schema_history h
                                        """)) {
            while (row.next()) {
                rows.add(row.getString(1));
            }
        }
        for (StoredEvent event : LedgerInstance.stored(database)) {
            rows.add(event.stream().toString());
        }
        return rows;
    }

    /** A bulk is booked item by item, each with its own total. */
    @Test
    void aBulkIsBookedItemByItem() throws Exception {
        String account = newAccount();
        String one = newToken(account).text("tokenId");
        String other = newToken(account).text("tokenId");
        Answer answer =
                service.post(
                        "/v1/consumptions",
                        """
                        [{"tokenId":"%1$s","usageId":"u1","amount":10,"model":"gpt-4o"},
                         {"tokenId":"%2$s","usageId":"u1","amount":20,"model":"gpt-4o"},
                         {"tokenId":"%1$s","usageId":"u2","amount":30,"model":"gpt-4o"},
                         {"tokenId":"%1$s","usageId":"u1","amount":10,"model":"gpt-4o"}]
                        """
                                .formatted(one, other));
        assertThat(answer.status()).isEqualTo(200);
        List<Long> totals = new ArrayList<>();
        answer.json().get("items").forEach(item -> totals.add(item.get("total").asLong()));
        assertThat(totals).containsExactly(10L, 20L, 40L, 10L);
        assertThat(eventsOf(one)).hasSize(3);
    }

    /** A group nobody defined is not there, the one of every new ledger is. */
    @Test
    void aNewLedgerKnowsTheGroupDefault() throws Exception {
        assertThat(storedOf("catalog")).hasSize(1);
        assertThat(newToken(newAccount()).status()).isEqualTo(201);
    }
}
