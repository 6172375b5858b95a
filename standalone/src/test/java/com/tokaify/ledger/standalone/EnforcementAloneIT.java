package com.tokaify.ledger.standalone;

import static com.tokaify.ledger.standalone.LedgerPort.COMMAND;
import static com.tokaify.ledger.standalone.LedgerPort.ENFORCEMENT;
import static com.tokaify.ledger.standalone.LedgerPort.KAFKA;
import static com.tokaify.ledger.standalone.LedgerPort.POSTGRES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tokaify.ledger.standalone.LedgerClient.Answer;
import com.tokaify.ledger.testkit.Await;
import com.tokaify.ledger.testkit.EchoServer;
import com.tokaify.ledger.testkit.GatewayProcess;
import com.tokaify.ledger.testkit.GatewayProgram;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * What gateways notice while the rest of the ledger is away: of PostgreSQL and command-service
 * nothing, of Kafka nothing until the view is older than allowed, and then that nobody passes.
 * Every kind of key is asked for at {@code /v1/verify}, at {@code /authz} and, where the machine
 * has one, through a real nginx before models that let everybody in.
 */
@ExtendWith(SharedLedger.class)
class EnforcementAloneIT {
    private static final Duration SOON = Duration.ofMinutes(1);
    private static final String ANYWHERE = "/v1/x";
    private static final String DEAR = "/v1beta/models/dear:generateContent";

    private final RunningLedger ledger;
    private final LedgerClient client;
    private final HttpClient caller = HttpClient.newHttpClient();
    private final List<Key> keys = new ArrayList<>();
    private EchoServer models;
    private @Nullable GatewayProcess gateway;
    private String token;
    private String secret;

    @TempDir private Path folder;

    EnforcementAloneIT(RunningLedger ledger) {
        this.ledger = ledger;
        this.client = ledger.client();
    }

    /**
     * A key, and what every face says of it.
     *
     * @param more of the check, for {@code /v1/verify}
     * @param path what is called with it through a gateway
     * @param told the code in the body of a refusal
     */
    private record Key(
            String secret, String more, String code, String path, int status, String told) {}

    @BeforeEach
    void aKeyOfEveryKind() throws Exception {
        String account = client.accountWith(1_000);
        Answer allowed = client.createToken(account, ",\"quotaLimit\":100");
        token = allowed.text("tokenId");
        secret = allowed.text("secret");
        keys.add(new Key(secret, "", "OK", ANYWHERE, 200, ""));
        refused("", "TOKEN_MISSING", 401, "token_missing");
        refused("sk-nobody-has-made-this", "TOKEN_NOT_FOUND", 401, "invalid_api_key");
        refused(
                client.createToken(
                                account, ",\"expiresAt\":\"" + Instant.now().plusSeconds(8) + "\"")
                        .text("secret"),
                "TOKEN_EXPIRED",
                401,
                "token_expired");

        Answer deleted = client.createToken(account, "");
        client.delete(COMMAND, "/v1/tokens/" + deleted.text("tokenId"));
        refused(deleted.text("secret"), "TOKEN_DELETED", 401, "token_deleted");

        Answer disabled = client.createToken(account, "");
        client.post(COMMAND, "/v1/tokens/" + disabled.text("tokenId") + "/disable", "{}");
        refused(disabled.text("secret"), "TOKEN_DISABLED", 401, "token_disabled");

        String fromElsewhere =
                client.createToken(account, ",\"ipAllowlist\":[\"203.0.113.7\"]").text("secret");
        refused(fromElsewhere, "IP_NOT_ALLOWED", 403, "access_denied");

        String cheap = client.createToken(account, ",\"models\":[\"cheap\"]").text("secret");
        refused(cheap, "MODEL_MISSING", 400, "model_missing");
        keys.add(
                new Key(
                        cheap,
                        ",\"model\":\"dear\"",
                        "MODEL_NOT_ALLOWED",
                        DEAR,
                        403,
                        "model_not_allowed"));

        Answer spent = client.createToken(account, ",\"quotaLimit\":10");
        client.post(
                COMMAND,
                "/v1/tokens/" + spent.text("tokenId") + "/consumptions",
                "{\"usageId\":\"all\",\"amount\":10}");
        refused(spent.text("secret"), "QUOTA_EXHAUSTED", 429, "insufficient_quota");

        String poor = client.createToken(client.accountWith(0), "").text("secret");
        refused(poor, "BALANCE_INSUFFICIENT", 403, "insufficient_user_quota");

        String suspended = client.accountWith(1_000);
        String theirs = client.createToken(suspended, "").text("secret");
        client.post(COMMAND, "/v1/accounts/" + suspended + "/suspend", "");
        refused(theirs, "ACCOUNT_SUSPENDED", 403, "account_suspended");

        for (Key key : keys) {
            Await.until(
                    SOON,
                    key.code(),
                    () -> client.verify(key.secret(), key.more()),
                    answer -> answer.text("code").equals(key.code()));
        }
    }

    private void refused(String secret, String code, int status, String told) {
        keys.add(new Key(secret, "", code, ANYWHERE, status, told));
    }

    @BeforeEach
    void nginxBeforeTheModels() throws Exception {
        models = new EchoServer();
        Optional<Path> nginx = GatewayProgram.NGINX.find();
        if (nginx.isPresent()) {
            GatewayProcess started =
                    GatewayProcess.start(
                            GatewayProgram.NGINX,
                            nginx.get(),
                            folder,
                            ledger.ports().getOrDefault(ENFORCEMENT, 0),
                            models.port());
            gateway = started;
            Await.until(SOON, "nginx", () -> get(started.uri(ANYWHERE), "").statusCode() > 0);
        }
    }

    @AfterEach
    void stop() throws Exception {
        if (gateway != null) {
            gateway.close();
        }
        models.close();
        caller.close();
        ledger.letBack();
        ledger.awaitReady();
    }

    /**
     * nginx gives a check a second, which on a busy machine may be too short: then it says so, and
     * lets nobody pass either.
     */
    private void assertStale(URI uri, Key key) {
        Await.until(
                SOON,
                key.code() + " at " + uri,
                () -> {
                    HttpResponse<String> answer = get(uri, key.secret());
                    assertThat(answer.statusCode()).as(key.code() + " at " + uri).isEqualTo(503);
                    return answer;
                },
                answer -> answer.body().contains("\"code\":\"ledger_stale\""));
    }

    /**
     * A dead command-service and a dead database stop no check and change no answer; what is used
     * meanwhile counts at once, and is in the ledger once when they are back.
     */
    @Test
    void withoutPostgresqlAndCommandServiceEverythingIsAnsweredAsBefore() throws Exception {
        assertEverybodyIsAnsweredRightly();

        ledger.killAndKeepAway(COMMAND, POSTGRES);

        assertThatThrownBy(() -> client.post(COMMAND, "/v1/accounts", "{\"name\":\"Acme\"}"))
                .isInstanceOf(IOException.class);
        assertEverybodyIsAnsweredRightly();
        for (String usageId : List.of("u1", "u2", "u3", "u1")) {
            assertThat(client.report(token, usageId, 10).status()).isEqualTo(202);
        }
        assertThat(client.verify(secret, "").number("remaining")).isEqualTo(70);
        assertEverybodyIsAnsweredRightly();

        ledger.letBack();

        ledger.awaitReady();
        EventTopic topic =
                Await.until(
                        SOON,
                        "the usage is booked",
                        ledger::topic,
                        read -> read.bookings(token).size() == 3);
        assertThat(topic.bookings(token)).isEqualTo(Map.of("u1", 1L, "u2", 1L, "u3", 1L));
        topic.mustBeComplete();
        assertThat(client.verify(secret, "").number("remaining")).isEqualTo(70);
    }

    /**
     * While Kafka is away no longer than allowed checks go on. Beyond that nobody passes, by no
     * face, and everybody is told why; usage is still taken. Once it is back the same process goes
     * on by itself, and has lost and doubled nothing.
     */
    @Test
    void withoutKafkaBeyondTheLimitNobodyPasses() throws Exception {
        long process = ledger.process("enforcement-service").pid();

        ledger.killAndKeepAway(KAFKA);

        assertEverybodyIsAnsweredRightly();
        Answer stale =
                Await.until(
                        SOON,
                        "the view is too old",
                        () -> client.verify(secret, ""),
                        answer -> answer.status() != 200);
        assertThat(stale.status()).isEqualTo(503);
        for (Key key : keys) {
            Answer verified = client.verify(key.secret(), key.more());
            assertThat(verified.status()).as(key.code()).isEqualTo(503);
            assertThat(verified.text("code")).isEqualTo("VIEW_NOT_READY");
            for (URI uri : faces(key)) {
                assertStale(uri, key);
            }
        }
        assertThat(client.get(ENFORCEMENT, "/actuator/health/readiness").status()).isEqualTo(503);
        assertThat(client.report(token, "u1", 10).status()).isEqualTo(202);

        ledger.letBack();

        ledger.awaitReady();
        assertEverybodyIsAnsweredRightly();
        assertThat(ledger.process("enforcement-service").pid()).isEqualTo(process);
        EventTopic topic =
                Await.until(
                        SOON,
                        "the usage is booked",
                        ledger::topic,
                        read -> !read.bookings(token).isEmpty());
        assertThat(topic.bookings(token)).isEqualTo(Map.of("u1", 1L));
        topic.mustBeComplete();
        assertThat(client.verify(secret, "").number("remaining")).isEqualTo(90);
    }

    private void assertEverybodyIsAnsweredRightly() throws Exception {
        for (Key key : keys) {
            Answer verified = client.verify(key.secret(), key.more());
            assertThat(verified.text("code")).isEqualTo(key.code());
            assertThat(verified.status()).isEqualTo(200);
            for (URI uri : faces(key)) {
                // Of these nobody is told so by the ledger, but by an nginx that a busy machine has
                // kept waiting for a second.
                HttpResponse<String> answer =
                        Await.until(
                                SOON,
                                key.code() + " at " + uri,
                                () -> get(uri, key.secret()),
                                told -> told.statusCode() != 503);
                assertThat(answer.statusCode())
                        .as(key.code() + " at " + uri)
                        .isEqualTo(key.status());
                if (!key.told().isEmpty()) {
                    assertThat(answer.body()).contains("\"code\":\"" + key.told() + "\"");
                }
            }
        }
    }

    /** Where gateways' own way of asking is answered: the hook, and nginx that asks it. */
    private List<URI> faces(Key key) {
        URI hook =
                URI.create(
                        "http://127.0.0.1:"
                                + ledger.ports().get(ENFORCEMENT)
                                + "/authz"
                                + key.path());
        return gateway == null ? List.of(hook) : List.of(hook, gateway.uri(key.path()));
    }

    private HttpResponse<String> get(URI uri, String secret)
            throws IOException, InterruptedException {
        // As the gateway that the recipes are; one that stands between puts its own in its place.
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri)
                        .timeout(SOON)
                        .header("X-Gateway-Key", "your-gateway-key");
        if (!secret.isEmpty()) {
            request.header("x-api-key", secret);
        }
        return caller.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
