package com.tokaify.ledger.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.tokaify.ledger.command.RunningCommandService.Answer;
import com.tokaify.ledger.events.StoredEvent;
import com.tokaify.ledger.events.TokenEvent.TokenCreated;
import com.tokaify.ledger.events.codec.EventCodec;
import com.tokaify.ledger.testkit.LedgerDatabase;
import com.tokaify.ledger.testkit.LedgerInfrastructure;
import com.tokaify.ledger.testkit.access.AccessMatrix;
import com.tokaify.ledger.testkit.access.AccessMatrix.Cell;
import com.tokaify.ledger.testkit.access.AccessMatrix.Sample;
import com.tokaify.ledger.testkit.access.SignedTokens;
import java.net.http.HttpRequest;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may do what, each operation with each kind of caller, at a service that asks for tokens. */
class AccessMatrixIT {
    private static final String UNKNOWN_ACCOUNT = "acc_01k0000000e000000000000001";
    private static final String UNKNOWN_TOKEN = "tok_01k0000000e000000000000001";

    private static final Set<String> OPERATOR = Set.of("operator");
    private static final Set<String> WITH_OWNER = Set.of("operator", "owner");
    private static final Set<String> WITH_GATEWAY = Set.of("operator", "gateway");

    /** Names of things that never were; who is not let in does not get so far. */
    private static final Map<String, String> NOTHING =
            Map.of(
                    "$token", UNKNOWN_TOKEN,
                    "$account", UNKNOWN_ACCOUNT,
                    "$idle", UNKNOWN_ACCOUNT,
                    "$group", "nothing",
                    "$model", "nothing");

    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private static LedgerDatabase database;
    private static SignedTokens issuer;
    private static RunningCommandService service;
    private static String account;
    private static String other;

    private static AccessMatrix matrix() {
        String accounts = "/v1/accounts/$account";
        String idle = "/v1/accounts/$idle";
        String token = "/v1/tokens/$token";
        return new AccessMatrix()
                .with("post /v1/accounts", operators("/v1/accounts", "{\"name\":\"Globex\"}", 201))
                .with(
                        "post /v1/accounts/{accountId}/credits",
                        operators(
                                accounts + "/credits",
                                "{\"amount\":5,\"reference\":\"inv-1\"}",
                                201))
                .with(
                        "post /v1/accounts/{accountId}/adjustments",
                        operators(
                                accounts + "/adjustments",
                                "{\"amount\":-1,\"reason\":\"fee\"}",
                                201))
                .with(
                        "post /v1/accounts/{accountId}/suspend",
                        operators(idle + "/suspend", "", 200))
                .with("post /v1/accounts/{accountId}/resume", operators(idle + "/resume", "", 200))
                .with(
                        "put /v1/groups/{name}",
                        operators("/v1/groups/vip", "{\"displayName\":\"VIP\"}", 200))
                .with("delete /v1/groups/{name}", operators("/v1/groups/$group", "", 200))
                .with(
                        "put /v1/models/{model}",
                        operators("/v1/models/vendor%2Fmodel%3Bv1%25/of//all", "", 200))
                .with("delete /v1/models/{model}", operators("/v1/models/$model", "", 200))
                .with("put /v1/catalog", operators("/v1/catalog", "{\"closed\":false}", 200))
                .with(
                        "post /v1/tokens/import",
                        operators(
                                "/v1/tokens/import?accountId=$account",
                                "[{\"key\":\"sk-%s\",\"name\":\"old\",\"unlimited_quota\":true}]"
                                        .formatted("k".repeat(48)),
                                200))
                .with("post /v1/vault/rotations", operators("/v1/vault/rotations", "", 200))
                .with(
                        "post /v1/tokens",
                        owners(
                                "/v1/tokens",
                                "{\"accountId\":\"$account\",\"name\":\"ci\",\"group\":\"default\"}",
                                201,
                                404))
                .with("patch /v1/tokens/{tokenId}", owners(token, "{\"name\":\"cd\"}", 200, 404))
                .with("delete /v1/tokens/{tokenId}", owners(token, "", 200, 404))
                .with("post /v1/tokens/{tokenId}/enable", owners(token + "/enable", "", 200, 404))
                .with("post /v1/tokens/{tokenId}/disable", owners(token + "/disable", "", 200, 404))
                .with(
                        "post /v1/tokens/{tokenId}/reveal",
                        owners(token + "/reveal", "{\"as\":\"secret\"}", 200, 404))
                .with("post /v1/tokens/{tokenId}/rotate", owners(token + "/rotate", "", 200, 404))
                .with(
                        "post /v1/tokens/bulk",
                        owners(
                                "/v1/tokens/bulk",
                                "{\"action\":\"delete\",\"ids\":[\"$token\"]}",
                                200,
                                200))
                .with(
                        "post /v1/tokens/{tokenId}/consumptions",
                        gateways(
                                token + "/consumptions",
                                "{\"usageId\":\"u1\",\"amount\":1}",
                                201,
                                404))
                .with(
                        "post /v1/tokens/{tokenId}/refunds",
                        gateways(
                                token + "/refunds",
                                "{\"usageId\":\"u0\",\"amount\":1,\"reason\":\"mistake\"}",
                                201,
                                404))
                .with(
                        "post /v1/consumptions",
                        gateways(
                                "/v1/consumptions",
                                "[{\"tokenId\":\"$token\",\"usageId\":\"u0\",\"amount\":1}]",
                                200,
                                200));
    }

    private static Sample operators(String path, String body, int status) {
        return new Sample(path, body, status, OPERATOR, null);
    }

    private static Sample owners(String path, String body, int status, int outside) {
        return new Sample(path, body, status, WITH_OWNER, outside);
    }

    private static Sample gateways(String path, String body, int status, int outside) {
        return new Sample(path, body, status, WITH_GATEWAY, outside);
    }

    @BeforeAll
    static void start() throws Exception {
        LedgerInfrastructure.get().recreateTopics(LedgerInstance.PARTITIONS);
        database = LedgerInfrastructure.get().newLedgerDatabase();
        issuer = SignedTokens.start();
        Map<String, Object> settings = new HashMap<>(issuer.settings());
        settings.put("ledger.vault.reveals-per-minute", 1_000);
        service = RunningCommandService.on(database, settings);
        account = newAccount();
        other = newAccount();
    }

    @AfterAll
    static void stop() throws Exception {
        service.close();
        issuer.close();
    }

    static List<Cell> cells() throws Exception {
        return matrix().cells(service.contract().document(), issuer, account, other);
    }

    /** The whole table, and nothing that is not in it. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("cells")
    void everyCallerGetsWhatTheTableSays(Cell cell) throws Exception {
        boolean isLetIn = cell.status() != 401 && cell.status() != 403;
        Map<String, String> things = isLetIn ? things(cell.sample()) : NOTHING;
        Answer answer = send(cell, things);
        assertThat(answer.status()).as(answer.json().toString()).isEqualTo(cell.status());
        switch (cell.status()) {
            case 401 -> {
                assertThat(answer.text("code")).isEqualTo("UNAUTHENTICATED");
                assertThat(answer.header("WWW-Authenticate").orElse("")).startsWith("Bearer");
            }
            case 403 -> assertThat(answer.text("code")).isEqualTo("FORBIDDEN");
            default -> {}
        }
        if (cell.isOutside()) {
            assertIsAsIfUnknown(cell, things, answer);
        }
    }

    /** Nothing in the answer tells another account's thing from one that never was. */
    private static void assertIsAsIfUnknown(Cell cell, Map<String, String> things, Answer answer)
            throws Exception {
        Answer unknown = send(cell, NOTHING);
        assertThat(unknown.status()).isEqualTo(answer.status());
        String told = answer.json().toString();
        for (Map.Entry<String, String> thing : things.entrySet()) {
            told = told.replace(thing.getValue(), NOTHING.getOrDefault(thing.getKey(), ""));
        }
        assertThat(told).isEqualTo(unknown.json().toString()).contains("_NOT_FOUND");
    }

    /** Things of the account that nobody has done anything to, those that the sample names. */
    private static Map<String, String> things(Sample sample) throws Exception {
        String text = sample.path() + sample.body();
        Map<String, String> things = new HashMap<>();
        things.put("$account", account);
        if (text.contains("$idle")) {
            things.put("$idle", newAccount());
        }
        if (text.contains("$token")) {
            things.put("$token", newToken(account));
        }
        if (text.contains("$group")) {
            String group = "group-" + NUMBERS.incrementAndGet();
            byOperator("PUT", "/v1/groups/" + group, "{\"displayName\":\"G\"}");
            things.put("$group", group);
        }
        if (text.contains("$model")) {
            String model = "vendor/model-" + NUMBERS.incrementAndGet();
            byOperator("PUT", "/v1/models/" + model, "");
            things.put("$model", model);
        }
        return things;
    }

    private static Answer send(Cell cell, Map<String, String> things) throws Exception {
        return send(
                cell.method(),
                put(cell.sample().path(), things),
                put(cell.sample().body(), things),
                cell.token());
    }

    private static String put(String text, Map<String, String> things) {
        String filled = text;
        for (Map.Entry<String, String> thing : things.entrySet()) {
            filled = filled.replace(thing.getKey(), thing.getValue());
        }
        return filled;
    }

    private static Answer send(String method, String path, String body, @Nullable String token)
            throws Exception {
        return service.send(request(method, path, body, token));
    }

    private static HttpRequest.Builder request(
            String method, String path, String body, @Nullable String token) {
        HttpRequest.Builder request =
                service.request(path)
                        .header("Content-Type", "application/json")
                        .method(method, HttpRequest.BodyPublishers.ofString(body));
        return token == null ? request : request.header("Authorization", "Bearer " + token);
    }

    private static Answer byOperator(String method, String path, String body) throws Exception {
        Answer answer = send(method, path, body, issuer.operator().signed());
        assertThat(answer.status()).as(answer.json().toString()).isBetween(200, 299);
        return answer;
    }

    private static String newAccount() throws Exception {
        return byOperator("POST", "/v1/accounts", "{\"name\":\"Acme\"}").text("accountId");
    }

    /** One with the usage u0 of one unit. */
    private static String newToken(String owner) throws Exception {
        String body =
                "{\"accountId\":\"%s\",\"name\":\"ci\",\"group\":\"default\"}".formatted(owner);
        String token = byOperator("POST", "/v1/tokens", body).text("tokenId");
        byOperator(
                "POST",
                "/v1/tokens/" + token + "/consumptions",
                "{\"usageId\":\"u0\",\"amount\":1}");
        return token;
    }

    private static List<StoredEvent> eventsOf(String stream) throws Exception {
        return LedgerInstance.stored(database).stream()
                .filter(event -> event.stream().toString().equals(stream))
                .toList();
    }

    /** An owner need not say whose the token shall be, and the event says who made it. */
    @Test
    void anOwnersTokenIsHisAccounts() throws Exception {
        Answer created =
                send(
                        "POST",
                        "/v1/tokens",
                        "{\"name\":\"mine\",\"group\":\"default\"}",
                        issuer.owner(account).with("sub", "usr_01").signed());
        assertThat(created.status()).as(created.json().toString()).isEqualTo(201);
        StoredEvent event = eventsOf(created.text("tokenId")).getFirst();
        assertThat(event.actor()).hasToString("owner:usr_01");
        assertThat(EventCodec.decode(event).event())
                .isInstanceOfSatisfying(
                        TokenCreated.class,
                        token -> assertThat(token.accountId()).hasToString(account));
    }

    /** A session left open must not show a secret, and what it asked for leaves no trace. */
    @ParameterizedTest
    @ValueSource(strings = {"reveal", "rotate"})
    void secretsAreForWhoSignedInJustNow(String how) throws Exception {
        String token = newToken(account);
        int before = eventsOf(token).size();
        long longAgo = Instant.now().getEpochSecond() - 660;
        for (SignedTokens.Claims stale :
                List.of(
                        issuer.owner(account).with("auth_time", longAgo),
                        issuer.operator().with("auth_time", longAgo),
                        issuer.operator().without("auth_time"))) {
            Answer answer =
                    send(
                            "POST",
                            "/v1/tokens/" + token + "/" + how,
                            how.equals("reveal") ? "{\"as\":\"secret\"}" : "{}",
                            stale.signed());
            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.text("code")).isEqualTo("SIGN_IN_AGAIN");
        }
        assertThat(eventsOf(token)).hasSize(before);
    }

    /** A condition is no way to find out what another account has: no 412 where there is no 404. */
    @Test
    void aConditionDoesNotTellThatSomethingIsThere() throws Exception {
        String stranger = issuer.owner(other).signed();
        for (String token : List.of(newToken(account), UNKNOWN_TOKEN)) {
            Answer answer =
                    service.send(
                            request("POST", "/v1/tokens/" + token + "/disable", "{}", stranger)
                                    .header("If-Match", "\"99\""));
            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.text("code")).isEqualTo("TOKEN_NOT_FOUND");
        }
    }

    /** The same person under the same key, for another account, is another caller. */
    @Test
    void aKeyIsTheAccountsToo() throws Exception {
        String body = "{\"name\":\"kept\",\"group\":\"default\"}";
        Answer first =
                service.send(
                        request("POST", "/v1/tokens", body, issuer.owner(account).signed())
                                .header("Idempotency-Key", "move"));
        Answer moved =
                service.send(
                        request("POST", "/v1/tokens", body, issuer.owner(other).signed())
                                .header("Idempotency-Key", "move"));
        assertThat(first.status()).isEqualTo(201);
        assertThat(moved.status()).isEqualTo(201);
        assertThat(moved.text("tokenId")).isNotEqualTo(first.text("tokenId"));
        assertThat(moved.text("secret")).isNotEqualTo(first.text("secret"));
    }

    /** What another account did under a key is not told to who guesses the key. */
    @Test
    void aCommandIsNotRepeatedForAStranger() throws Exception {
        String token = newToken(account);
        String path = "/v1/tokens/" + token + "/disable";
        Answer done =
                service.send(
                        request("POST", path, "{}", issuer.owner(account).signed())
                                .header("Idempotency-Key", "guess"));
        Answer guessed =
                service.send(
                        request("POST", path, "{}", issuer.owner(other).signed())
                                .header("Idempotency-Key", "guess"));
        assertThat(done.status()).isEqualTo(200);
        assertThat(guessed.status()).isEqualTo(404);
    }
}
