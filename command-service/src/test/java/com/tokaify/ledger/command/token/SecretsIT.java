package com.tokaify.ledger.command.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.tokaify.ledger.command.LedgerInstance;
import com.tokaify.ledger.command.RunningCommandService;
import com.tokaify.ledger.command.RunningCommandService.Answer;
import com.tokaify.ledger.events.LedgerEvent;
import com.tokaify.ledger.events.RevealedAs;
import com.tokaify.ledger.events.StoredEvent;
import com.tokaify.ledger.events.TokenEvent.SecretRevealed;
import com.tokaify.ledger.events.TokenEvent.SecretRotated;
import com.tokaify.ledger.events.TokenEvent.TokenCreated;
import com.tokaify.ledger.events.codec.EventCodec;
import com.tokaify.ledger.events.secret.TokenSecret;
import com.tokaify.ledger.testkit.LedgerDatabase;
import com.tokaify.ledger.testkit.LedgerInfrastructure;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Everything that shows a secret, over HTTP: at two instances of one ledger. */
class SecretsIT {
    private static final Map<String, ?> SHOW_MANY =
            Map.of("ledger.vault.reveals-per-minute", 1_000);

    private static LedgerDatabase database;
    private static RunningCommandService one;
    private static RunningCommandService two;
    private static String account;

    @BeforeAll
    static void start() throws Exception {
        LedgerInfrastructure.get().recreateTopics(LedgerInstance.PARTITIONS);
        database = LedgerInfrastructure.get().newLedgerDatabase();
        one = RunningCommandService.on(database, SHOW_MANY);
        two = RunningCommandService.on(database, SHOW_MANY);
        account = one.post("/v1/accounts", "{\"name\":\"Acme\"}").text("accountId");
    }

    @AfterAll
    static void stop() {
        one.close();
        two.close();
    }

    private static String tokenBody() {
        return "{\"accountId\":\"%s\",\"name\":\"ci\",\"group\":\"default\",\"models\":[\"o3\"]}"
                .formatted(account);
    }

    private static Answer create() throws Exception {
        Answer created = one.post("/v1/tokens", tokenBody());
        assertThat(created.status()).as(created.json().toString()).isEqualTo(201);
        return created;
    }

    private static Answer reveal(RunningCommandService service, String token, String as)
            throws Exception {
        return service.post("/v1/tokens/" + token + "/reveal", "{\"as\":\"%s\"}".formatted(as));
    }

    private static Answer rotate(String token, String body) throws Exception {
        return one.post("/v1/tokens/" + token + "/rotate", body);
    }

    private static Answer withKey(
            RunningCommandService service, String path, String key, String body) throws Exception {
        return service.send(
                service.request(path)
                        .header("Content-Type", "application/json")
                        .header("Idempotency-Key", key)
                        .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private static void delete(String token) throws Exception {
        assertThat(one.send(one.request("/v1/tokens/" + token).DELETE()).status()).isLessThan(300);
    }

    private static List<StoredEvent> storedOf(String stream) throws Exception {
        return LedgerInstance.stored(database).stream()
                .filter(event -> event.stream().toString().equals(stream))
                .toList();
    }

    private static List<LedgerEvent> eventsOf(String stream) throws Exception {
        return storedOf(stream).stream().map(event -> EventCodec.decode(event).event()).toList();
    }

    private static void superuser(String sql) throws SQLException {
        try (Connection connection = database.superuser();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static int secretsInTheVault(String token) throws Exception {
        try (Connection connection = database.superuser();
                Statement statement = connection.createStatement();
                var row =
                        statement.executeQuery(
                                "select count(*) from vault.token_secret where token = '"
                                        + storedOf(token).getFirst().stream().uuid()
                                        + "'")) {
            row.next();
            return row.getInt(1);
        }
    }

    /**
     * A secret is shown as it was first, in every form, by any instance; each time is on record,
     * and no cache keeps it.
     */
    @ParameterizedTest
    @EnumSource
    void aSecretIsShownAgainAndOnRecord(RevealedAs how) throws Exception {
        Answer created = create();
        String token = created.text("tokenId");
        String secret = created.text("secret");

        Answer shown = reveal(two, token, how.text());

        assertThat(shown.status()).as(shown.json().toString()).isEqualTo(200);
        assertThat(shown.text("tokenId")).isEqualTo(token);
        assertThat(shown.text("secret")).isEqualTo(secret);
        assertThat(shown.header("Cache-Control")).contains("no-store");
        assertThat(shown.header("ETag")).contains("\"1\"");
        assertThat(shown.json().propertyNames())
                .containsExactlyElementsOf(
                        switch (how) {
                            case SECRET, COPY_TOKEN -> List.of("tokenId", "secret");
                            case CONNECTION_STRING ->
                                    List.of("tokenId", "secret", "connectionString");
                            case CURL -> List.of("tokenId", "secret", "curl");
                        });
        if (how == RevealedAs.CONNECTION_STRING) {
            assertThat(shown.text("connectionString")).isEqualTo(created.text("connectionString"));
        }
        if (how == RevealedAs.CURL) {
            assertThat(shown.text("curl"))
                    .startsWith("curl 'https://api.tokaify.com/v1/chat/completions'")
                    .contains("Bearer " + secret)
                    .contains("\"model\":\"o3\"");
        }
        assertThat(eventsOf(token)).hasSize(2).endsWith(new SecretRevealed(how));
    }

    /** What cannot be asked is refused by name; what is not there is not shown, nor recorded. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                            | as | is required",
                "{\"as\":null}                 | as | is required",
                "{\"as\":\"connectionString\"} | as | must be secret, copy-token, connection-string or curl",
                "{\"as\":\"SECRET\"}           | as | must be secret, copy-token, connection-string or curl",
                "{\"as\":7}                    | as | must be a text",
                "{\"how\":\"secret\"}          | how | is not a field of this request"
            })
    void aMistakenRevealIsRefused(String body, String field, String rule) throws Exception {
        String token = create().text("tokenId");
        Answer refused = one.post("/v1/tokens/" + token + "/reveal", body);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().at("/errors/0/field").asString()).isEqualTo(field);
        assertThat(refused.json().at("/errors/0/rule").asString()).isEqualTo(rule);
        assertThat(eventsOf(token)).hasSize(1);
    }

    /** A token that is not there has no secret, and nobody learns more than that. */
    @Test
    void anUnknownTokenHasNoSecret() throws Exception {
        String unknown = "tok_01k0000000e000000000000001";
        assertThat(reveal(one, unknown, "secret").text("code")).isEqualTo("TOKEN_NOT_FOUND");
        assertThat(rotate(unknown, "").text("code")).isEqualTo("TOKEN_NOT_FOUND");
    }

    /** No event, no secret: where it cannot be put on record, it is not shown. */
    @Test
    void whatCannotBeRecordedIsNotShown() throws Exception {
        Answer created = create();
        String token = created.text("tokenId");
        superuser("revoke insert on ledger.event from ledger_writer");
        try {
            Answer failed = reveal(one, token, "secret");
            assertThat(failed.status()).isGreaterThanOrEqualTo(500);
            assertThat(failed.response().body())
                    .doesNotContain(created.text("secret").substring("sk-".length()));
        } finally {
            superuser("grant insert on ledger.event to ledger_writer");
        }
        assertThat(eventsOf(token)).hasSize(1);
        assertThat(reveal(one, token, "secret").text("secret")).isEqualTo(created.text("secret"));
    }

    /** A repeated reveal is one more reveal; the key is good for no other request. */
    @Test
    void aRepeatedRevealIsOnRecordTwice() throws Exception {
        String token = create().text("tokenId");
        String path = "/v1/tokens/" + token + "/reveal";
        Answer first = withKey(one, path, "reveal-" + token, "{\"as\":\"secret\"}");
        Answer again = withKey(two, path, "reveal-" + token, "{\"as\":\"secret\"}");
        Answer other = withKey(two, path, "reveal-" + token, "{\"as\":\"curl\"}");

        assertThat(again.json()).isEqualTo(first.json());
        assertThat(other.status()).isEqualTo(422);
        assertThat(eventsOf(token)).hasSize(3);
    }

    /** Whoever asks for too many secrets is told when to come again, and shown none. */
    @Test
    void secretsAreNotShownByTheDozen() throws Exception {
        String token = create().text("tokenId");
        try (RunningCommandService strict =
                RunningCommandService.on(database, Map.of("ledger.vault.reveals-per-minute", 2))) {
            assertThat(reveal(strict, token, "secret").status()).isEqualTo(200);
            assertThat(reveal(strict, token, "nothing").status()).isEqualTo(400);
            assertThat(reveal(strict, token, "secret").status()).isEqualTo(200);

            Answer refused = reveal(strict, token, "secret");

            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.text("code")).isEqualTo("TOO_MANY_REVEALS");
            assertThat(Long.parseLong(refused.header("Retry-After").orElseThrow()))
                    .isBetween(1L, 30L);
        }
        assertThat(eventsOf(token)).hasSize(3);
    }

    /** Identical creations at the same time at two instances make one token, with one secret. */
    @Test
    void aCreationIsRepeatedWithItsSecret() throws Exception {
        int callers = 20;
        Set<String> answers = new HashSet<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(callers)) {
            List<Future<Answer>> calls = new ArrayList<>();
            for (int i = 0; i < callers; i++) {
                RunningCommandService service = i % 2 == 0 ? one : two;
                calls.add(
                        threads.submit(() -> withKey(service, "/v1/tokens", "many", tokenBody())));
            }
            for (Future<Answer> call : calls) {
                Answer answer = call.get();
                assertThat(answer.status()).as(answer.json().toString()).isEqualTo(201);
                assertThat(answer.header("Cache-Control")).contains("no-store");
                answers.add(answer.json().toString());
            }
        }
        assertThat(answers).hasSize(1);
    }

    /** A creation is not answered with a secret that is another one, or none, by now. */
    @Test
    void aRepetitionDoesNotShowASecretThatIsGone() throws Exception {
        Answer rotated = withKey(one, "/v1/tokens", "rotated", tokenBody());
        Answer deleted = withKey(one, "/v1/tokens", "deleted", tokenBody());
        assertThat(rotate(rotated.text("tokenId"), "").status()).isEqualTo(200);
        delete(deleted.text("tokenId"));

        for (String key : List.of("rotated", "deleted")) {
            Answer again = withKey(two, "/v1/tokens", key, tokenBody());
            assertThat(again.status()).isEqualTo(409);
            assertThat(again.text("code")).isEqualTo("SECRET_GONE");
            assertThat(again.response().body()).doesNotContain("sk-");
        }
    }

    /**
     * The same token has another secret: shown at once and again, the one before gone from the
     * vault.
     */
    @Test
    void aTokenGetsAnotherSecret() throws Exception {
        Answer created = create();
        String token = created.text("tokenId");

        Answer rotated = rotate(token, "");

        assertThat(rotated.status()).as(rotated.json().toString()).isEqualTo(200);
        assertThat(rotated.header("Cache-Control")).contains("no-store");
        assertThat(rotated.header("ETag")).contains("\"1\"");
        assertThat(rotated.text("tokenId")).isEqualTo(token);
        String secret = rotated.text("secret");
        assertThat(secret).isNotEqualTo(created.text("secret"));
        assertThat(rotated.text("mask")).isEqualTo(TokenSecret.parse(secret).orElseThrow().mask());
        assertThat(rotated.text("connectionString")).contains("\"" + secret + "\"");
        assertThat(rotated.json().get("previousValidUntil").isNull()).isTrue();
        assertThat(reveal(two, token, "secret").text("secret")).isEqualTo(secret);
        assertThat(secretsInTheVault(token)).isEqualTo(1);
        SecretRotated event = (SecretRotated) eventsOf(token).get(1);
        assertThat(event.mask()).isEqualTo(rotated.text("mask"));
        assertThat(event.previousValidUntil()).isNull();

        String third = two.post("/v1/tokens/" + token + "/rotate", "{}").text("secret");
        assertThat(reveal(one, token, "secret").text("secret")).isEqualTo(third);
    }

    /** For a time of grace the secret before is good too, and it is said until when. */
    @ParameterizedTest
    @CsvSource({"1", "3600", "2592000"})
    void theSecretBeforeIsGoodForAWhile(long graceSeconds) throws Exception {
        String token = create().text("tokenId");
        Answer rotated = rotate(token, "{\"graceSeconds\":" + graceSeconds + "}");
        StoredEvent event = storedOf(token).get(1);
        Instant until = event.recordedAt().plus(Duration.ofSeconds(graceSeconds));
        assertThat(Instant.parse(rotated.text("previousValidUntil"))).isEqualTo(until);
        assertThat(((SecretRotated) EventCodec.decode(event).event()).previousValidUntil())
                .isEqualTo(until);
    }

    /** A grace nobody means is refused, and nothing is rotated. */
    @ParameterizedTest
    @CsvSource({"-1", "2592001", "9223372036854775807"})
    void aGraceOutOfBoundsIsRefused(String graceSeconds) throws Exception {
        String token = create().text("tokenId");
        Answer refused = rotate(token, "{\"graceSeconds\":" + graceSeconds + "}");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().at("/errors/0/field").asString()).isEqualTo("graceSeconds");
        assertThat(eventsOf(token)).hasSize(1);
    }

    /** A repeated rotation rotates once, and shows the new secret again while it is the token's. */
    @Test
    void aRotationIsRepeatedWithItsSecret() throws Exception {
        String token = create().text("tokenId");
        String path = "/v1/tokens/" + token + "/rotate";
        Answer first = withKey(one, path, "rotate-" + token, "{\"graceSeconds\":60}");
        Answer again = withKey(two, path, "rotate-" + token, "{\"graceSeconds\":60}");

        assertThat(first.status()).as(first.json().toString()).isEqualTo(200);
        assertThat(again.status()).as(again.json().toString()).isEqualTo(200);
        assertThat(again.json()).isEqualTo(first.json());
        assertThat(eventsOf(token)).hasSize(2);

        rotate(token, "");
        Answer gone = withKey(two, path, "rotate-" + token, "{\"graceSeconds\":60}");
        assertThat(gone.status()).isEqualTo(409);
        assertThat(gone.text("code")).isEqualTo("SECRET_GONE");
    }

    /** A rotation that is refused, or fails, leaves the secret that is valid in the vault. */
    @Test
    void aRotationThatDidNotHappenLosesNothing() throws Exception {
        Answer created = create();
        String token = created.text("tokenId");
        String path = "/v1/tokens/" + token + "/rotate";
        one.post("/v1/tokens/" + token + "/disable", "");
        Answer stale =
                one.send(
                        one.request(path)
                                .header("If-Match", "\"0\"")
                                .POST(HttpRequest.BodyPublishers.noBody()));
        assertThat(stale.status()).isEqualTo(412);
        superuser("revoke insert on ledger.event from ledger_writer");
        try {
            assertThat(rotate(token, "").status()).isGreaterThanOrEqualTo(500);
        } finally {
            superuser("grant insert on ledger.event to ledger_writer");
        }
        assertThat(reveal(one, token, "secret").text("secret")).isEqualTo(created.text("secret"));
    }

    /**
     * Many rotate one token at the same time: each gets a secret, and the last one is the token's.
     */
    @Test
    void rotationsAtTheSameTimeFollowEachOther() throws Exception {
        String token = create().text("tokenId");
        int callers = 8;
        List<Answer> answers = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(callers)) {
            List<Future<Answer>> calls = new ArrayList<>();
            for (int i = 0; i < callers; i++) {
                RunningCommandService service = i % 2 == 0 ? one : two;
                calls.add(
                        threads.submit(
                                () -> service.post("/v1/tokens/" + token + "/rotate", "{}")));
            }
            for (Future<Answer> call : calls) {
                answers.add(call.get());
            }
        }
        assertThat(secretsInTheVault(token)).isEqualTo(1);
        String secret = reveal(one, token, "secret").text("secret");
        SecretRotated last =
                (SecretRotated)
                        eventsOf(token).stream()
                                .filter(event -> event instanceof SecretRotated)
                                .reduce((_, later) -> later)
                                .orElseThrow();
        assertThat(last.mask()).isEqualTo(TokenSecret.parse(secret).orElseThrow().mask());
        for (Answer answer : answers) {
            // Overtaken before it was told, or too often at another instance.
            assertThat(answer.status()).as(answer.json().toString()).isIn(200, 409, 503);
        }
    }

    /** With a token goes its secret, in the same transaction. */
    @Test
    void aDeletedTokenLeavesNoSecret() throws Exception {
        String token = create().text("tokenId");
        assertThat(secretsInTheVault(token)).isEqualTo(1);

        delete(token);

        assertThat(secretsInTheVault(token)).isZero();
        Answer refused = reveal(one, token, "secret");
        assertThat(refused.status()).isEqualTo(410);
        assertThat(refused.text("code")).isEqualTo("TOKEN_DELETED");
        assertThat(rotate(token, "").text("code")).isEqualTo("TOKEN_DELETED");
    }

    /** The keys change under way: what was kept before is shown after, by both instances. */
    @Test
    void secretsOutliveTheirKeys() throws Exception {
        Answer created = create();
        String token = created.text("tokenId");

        Answer changed = one.post("/v1/vault/rotations", "");
        Answer once = two.post("/v1/vault/rotations", "{\"retireOldKeys\":true}");

        assertThat(changed.status()).as(changed.json().toString()).isEqualTo(200);
        assertThat(changed.json().get("rewrapped").asInt()).isEqualTo(1);
        assertThat(once.text("keyId")).isNotEqualTo(changed.text("keyId"));
        try (RunningCommandService fresh = RunningCommandService.on(database)) {
            assertThat(reveal(fresh, token, "secret").text("secret"))
                    .isEqualTo(created.text("secret"));
        }
    }

    /**
     * Without the vault's keys the service starts, is ready and consumes; it makes no token whose
     * secret it could not keep, shows and rotates none, and says which file is missing.
     */
    @Test
    void withoutItsKeysTheLedgerGoesOn() throws Exception {
        Answer created = create();
        String token = created.text("tokenId");
        Path keyFile = RunningCommandService.keyFile(database);
        Path saved = Files.move(keyFile, keyFile.resolveSibling("saved"));
        try (RunningCommandService without = RunningCommandService.on(database, SHOW_MANY)) {
            try {
                assertVaultUnavailable(without.post("/v1/tokens", tokenBody()), keyFile);
                assertVaultUnavailable(reveal(without, token, "secret"), keyFile);
                assertVaultUnavailable(
                        without.post("/v1/tokens/" + token + "/rotate", ""), keyFile);
                assertThat(eventsOf(token)).hasSize(1);
                assertThat(without.readiness().status()).isEqualTo(200);
                Answer health = without.get("/actuator/health");
                assertThat(health.json().at("/components/vault/status").asString())
                        .isEqualTo("DOWN");
                assertThat(health.json().at("/components/vault/details/reason").asString())
                        .contains(keyFile.toString());
                assertThat(
                                without.post(
                                                "/v1/tokens/" + token + "/consumptions",
                                                "{\"usageId\":\"u\",\"amount\":1,\"model\":\"o3\"}")
                                        .status())
                        .isEqualTo(201);
            } finally {
                Files.move(saved, keyFile);
            }
            assertThat(reveal(without, token, "secret").text("secret"))
                    .isEqualTo(created.text("secret"));
            assertThat(without.post("/v1/tokens", tokenBody()).status()).isEqualTo(201);
            assertThat(
                            without.get("/actuator/health")
                                    .json()
                                    .at("/components/vault/status")
                                    .asString())
                    .isEqualTo("UP");
        }
    }

    private static void assertVaultUnavailable(Answer answer, Path keyFile) {
        assertThat(answer.status()).as(answer.json().toString()).isEqualTo(503);
        assertThat(answer.text("code")).isEqualTo("VAULT_UNAVAILABLE");
        assertThat(answer.text("detail")).contains(keyFile.toString()).contains("missing");
    }

    /** A secret moved to another token's row is not shown as that token's. */
    @Test
    void aSecretMovedToAnotherRowIsNotShown() throws Exception {
        Answer mine = create();
        Answer theirs = create();
        superuser(
                """
                update vault.token_secret set ciphertext =
                    (select ciphertext from vault.token_secret where token = '%s')
                where token = '%s'
                """
                        .formatted(
                                storedOf(theirs.text("tokenId")).getFirst().stream().uuid(),
                                storedOf(mine.text("tokenId")).getFirst().stream().uuid()));

        Answer shown = reveal(one, mine.text("tokenId"), "secret");

        assertThat(shown.status()).isEqualTo(500);
        assertThat(shown.response().body())
                .doesNotContain(theirs.text("secret").substring("sk-".length()));
        assertThat(eventsOf(theirs.text("tokenId")).getFirst()).isInstanceOf(TokenCreated.class);
    }
}
