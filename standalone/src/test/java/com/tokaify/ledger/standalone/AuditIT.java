package com.tokaify.ledger.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.tokaify.ledger.standalone.AuditorProgram.Told;
import com.tokaify.ledger.standalone.LedgerClient.Answer;
import com.tokaify.ledger.testkit.Await;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * The auditor's own telling of a real ledger beside query-service's: two programs that share no
 * code but the contract, and must say the same.
 */
@ExtendWith(SharedLedger.class)
class AuditIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir private Path folder;

    /** A token's life, and where its last change stands. */
    private record Life(String token, String position, int events) {}

    private static Told audit(RunningLedger ledger, String... arguments) throws Exception {
        String[] asJson = Arrays.copyOf(arguments, arguments.length + 1);
        asJson[arguments.length] = "--json";
        return AuditorProgram.on(ledger, asJson);
    }

    private static Life live(RunningLedger ledger) throws Exception {
        LedgerClient client = ledger.client();
        String account = client.accountWith(10_000);
        String token =
                client.createToken(account, ",\"quotaLimit\":500,\"models\":[\"gpt-4o\"]")
                        .text("tokenId");
        String path = "/v1/tokens/" + token;
        patch(client, path, "{\"name\":\"renamed\",\"ipAllowlist\":[\"10.0.0.0/8\"]}");
        patch(client, path, "{\"modelQuotas\":[{\"model\":\"gpt-4o\",\"quotaLimit\":300}]}");
        patch(client, path, "{\"quotaPeriod\":{\"every\":\"day\",\"timeZone\":\"Asia/Shanghai\"}}");
        consume(client, path, "call-1", 100);
        consume(client, path, "call-2", 200);
        done(
                client.post(
                        LedgerPort.COMMAND,
                        path + "/refunds",
                        "{\"usageId\":\"call-1\",\"amount\":40,\"reason\":\"cut off\"}"));
        done(client.post(LedgerPort.COMMAND, path + "/reveal", "{\"as\":\"secret\"}"));
        Answer last =
                done(client.post(LedgerPort.COMMAND, path + "/disable", "{\"reason\":\"leaked\"}"));
        JsonNode history =
                client.get(
                                LedgerPort.QUERY,
                                path + "/history?order=oldest&limit=200",
                                last.position())
                        .json();
        return new Life(token, last.position(), history.path("items").size());
    }

    private static void patch(LedgerClient client, String path, String body) throws Exception {
        done(client.patch(LedgerPort.COMMAND, path, body));
    }

    private static void consume(LedgerClient client, String path, String usageId, long amount)
            throws Exception {
        done(
                client.post(
                        LedgerPort.COMMAND,
                        path + "/consumptions",
                        "{\"usageId\":\"%s\",\"amount\":%d,\"model\":\"gpt-4o\"}"
                                .formatted(usageId, amount)));
    }

    private static Answer done(Answer answer) {
        assertThat(answer.status()).as(answer.json().toString()).isBetween(200, 201);
        return answer;
    }

    /** What happened, who did it, what it changed: event by event, field by field. */
    @Test
    void historyIsTheSame(RunningLedger ledger) throws Exception {
        Life life = live(ledger);
        JsonNode items =
                ledger.client()
                        .get(
                                LedgerPort.QUERY,
                                "/v1/tokens/" + life.token() + "/history?order=oldest&limit=200")
                        .json()
                        .path("items");

        Told told = audit(ledger, "history", life.token());

        assertThat(told.exitCode()).as(told.err()).isZero();
        JsonNode events = told.json().path("events");
        assertThat(events.size()).isEqualTo(items.size()).isGreaterThan(10);
        for (int i = 0; i < items.size(); i++) {
            JsonNode item = items.get(i);
            JsonNode event = events.get(i);
            for (String field :
                    List.of("sequence", "position", "type", "recordedAt", "correlationId")) {
                assertThat(event.path(field)).as(field).isEqualTo(item.path(field));
            }
            JsonNode actor = item.path("actor");
            assertThat(event.path("actor").asString())
                    .isEqualTo(actor.path("kind").asString() + ":" + actor.path("id").asString());
            assertThat(event.path("changes")).as(item.toString()).isEqualTo(item.path("changes"));
        }
        assertThat(
                        audit(ledger, "history", life.token(), "--from", "2", "--to", "4")
                                .json()
                                .path("events")
                                .size())
                .isEqualTo(3);
    }

    /** What the token was after each of its events, by the store and by Kafka. */
    @Test
    void statesAreTheSame(RunningLedger ledger) throws Exception {
        Life life = live(ledger);
        for (int sequence = 0; sequence < life.events(); sequence += 3) {
            JsonNode then =
                    ledger.client()
                            .get(
                                    LedgerPort.QUERY,
                                    "/v1/tokens/" + life.token() + "?asOf=" + sequence,
                                    life.position())
                            .json();

            Told told =
                    audit(
                            ledger,
                            "state",
                            life.token(),
                            "--as-of",
                            Integer.toString(sequence),
                            sequence % 2 == 0 ? "--from-store" : "--from-kafka");

            assertThat(told.exitCode()).as(told.err()).isZero();
            assertThat(then.size()).isGreaterThan(20);
            then.properties()
                    .forEach(field ->
                            assertThat(told.json().path(field.getKey()))
                                    .as(field.getKey())
                                    .isEqualTo(field.getValue()));
        }
    }

    /** Why a call was refused: all checks, in the same words, by the same events. */
    @Test
    void decisionsAreTheSame(RunningLedger ledger) throws Exception {
        Life life = live(ledger);
        String call = "model=gpt-4o&ip=192.168.1.1&amount=400";
        JsonNode then =
                ledger.client()
                        .get(
                                LedgerPort.QUERY,
                                "/v1/tokens/%s/decision?at=%d&%s"
                                        .formatted(life.token(), life.events() - 1, call),
                                life.position())
                        .json();

        Told told =
                audit(
                        ledger,
                        "why",
                        life.token(),
                        "--at",
                        Integer.toString(life.events() - 1),
                        "--model",
                        "gpt-4o",
                        "--ip",
                        "192.168.1.1",
                        "--amount",
                        "400");

        assertThat(told.exitCode()).as(told.err()).isZero();
        JsonNode why = told.json();
        assertThat(then.path("code").asString()).isEqualTo("TOKEN_DISABLED");
        for (String field :
                List.of("tokenId", "accountId", "at", "valid", "code", "message", "remaining")) {
            assertThat(why.path(field)).as(field).isEqualTo(then.path(field));
        }
        assertThat(why.path("checks").size()).isEqualTo(then.path("checks").size());
        for (int i = 0; i < then.path("checks").size(); i++) {
            JsonNode ours = why.path("checks").get(i);
            JsonNode theirs = then.path("checks").get(i);
            for (String field : List.of("check", "passed", "code", "message", "remedy")) {
                assertThat(ours.path(field)).as(field).isEqualTo(theirs.path(field));
            }
            assertThat(ids(ours.path("causes")))
                    .as(ours.path("check").asString())
                    .isEqualTo(ids(theirs.path("causes")));
        }
    }

    private static List<String> ids(JsonNode causes) {
        return causes.valueStream()
                .map(cause ->
                        cause.path("stream").asString()
                                + ":"
                                + cause.path("sequence").asLong()
                                + " at "
                                + cause.path("position").asString())
                .toList();
    }

    /** The whole ledger comes to one number, wherever it is read from. */
    @Test
    void everythingComesToTheSame(RunningLedger ledger) throws Exception {
        live(ledger);
        String digest =
                Await.until(
                        PATIENCE,
                        "Kafka has what the store has",
                        () -> {
                            Told store = audit(ledger, "replay", "--from-store");
                            Told kafka = audit(ledger, "replay", "--from-kafka");
                            assertThat(store.exitCode()).as(store.out() + store.err()).isZero();
                            assertThat(kafka.exitCode()).as(kafka.out() + kafka.err()).isZero();
                            String found = store.json().path("digest").asString();
                            return found.equals(kafka.json().path("digest").asString())
                                    ? found
                                    : "";
                        },
                        found -> !found.isEmpty());

        assertThat(digest).matches("[0-9a-f]{64}");
        Path export = folder.resolve("export.ndjson");
        Await.until(
                PATIENCE,
                "the views have what the store has",
                () -> {
                    Files.writeString(
                            export,
                            ledger.client()
                                    .text(LedgerPort.QUERY, "/v1/audit/export?format=ndjson"));
                    Told file = audit(ledger, "replay", "--from-file", export.toString());
                    assertThat(file.exitCode()).as(file.out() + file.err()).isZero();
                    return file.json().path("digest").asString();
                },
                digest::equals);
        Told compared = audit(ledger, "compare", "store", "kafka");
        assertThat(compared.exitCode()).as(compared.out() + compared.err()).isZero();
        assertThat(compared.json().path("streams").asLong()).isPositive();
    }

    /** Between two instants there is what happened between them, and scripts are told so. */
    @Test
    void whatHappenedBetweenTwoInstantsDiffers(RunningLedger ledger) throws Exception {
        Life life = live(ledger);
        JsonNode first =
                audit(ledger, "history", life.token(), "--to", "0").json().path("events").get(0);
        String then = first.path("recordedAt").asString();

        Told told = audit(ledger, "compare", "store@" + then, "store");

        assertThat(told.exitCode()).as(told.err()).isEqualTo(1);
        JsonNode differences = told.json().path("differences");
        assertThat(differences.valueStream().map(each -> each.path("stream").asString()))
                .contains(life.token());
    }

    /** What is not there and what is not understood are told apart, in one line each. */
    @Test
    void whatCannotBeAnsweredIsSaid(RunningLedger ledger) throws Exception {
        String nobody = "tok_01m83sn8rbe948dfv8x9w659jc";
        Told unknown = audit(ledger, "history", nobody);
        assertThat(unknown.exitCode()).isEqualTo(3);
        assertThat(unknown.err())
                .contains("audit: there is no token " + nobody + " in the event store");

        Told misspelled = audit(ledger, "history", "tok_1");
        assertThat(misspelled.exitCode()).isEqualTo(2);
        assertThat(misspelled.err()).contains("audit: tokenId must be");
    }
}
