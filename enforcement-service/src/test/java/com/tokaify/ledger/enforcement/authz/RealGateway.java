package com.tokaify.ledger.enforcement.authz;

import static org.assertj.core.api.Assertions.assertThat;

import com.tokaify.ledger.enforcement.EnforcementServiceApplication;
import com.tokaify.ledger.enforcement.TestLedger;
import com.tokaify.ledger.enforcement.TestRelay;
import com.tokaify.ledger.enforcement.access.TestKeys;
import com.tokaify.ledger.events.AccountEvent.AccountOpened;
import com.tokaify.ledger.events.AccountEvent.BalanceCredited;
import com.tokaify.ledger.events.LedgerEvent;
import com.tokaify.ledger.events.Restrictions;
import com.tokaify.ledger.events.TokenEvent.IpAllowlistChanged;
import com.tokaify.ledger.events.TokenEvent.ModelAccessChanged;
import com.tokaify.ledger.events.TokenEvent.QuotaConsumed;
import com.tokaify.ledger.events.TokenEvent.TokenDisabled;
import com.tokaify.ledger.events.id.AccountId;
import com.tokaify.ledger.events.id.TokenId;
import com.tokaify.ledger.events.net.IpRange;
import com.tokaify.ledger.events.secret.TokenSecret;
import com.tokaify.ledger.testkit.Await;
import com.tokaify.ledger.testkit.EchoServer;
import com.tokaify.ledger.testkit.GatewayProcess;
import com.tokaify.ledger.testkit.GatewayProgram;
import com.tokaify.ledger.testkit.LedgerInfrastructure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * A real gateway, configured by its recipe in {@code docs/gateways} with nothing changed but
 * addresses, between a caller and a service that echoes what reaches it. Where the program is
 * missing the test says so and is skipped; {@code .ci/run} installs it and demands the test.
 */
abstract class RealGateway {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int PARTITIONS = 4;

    /** As the recipes have it. */
    private static final String GATEWAY_KEY = "your-gateway-key";

    private static final AccountId ACCOUNT = TestLedger.account(1);
    private static final TokenId TOKEN = TestLedger.token(1);

    private final LedgerInfrastructure infrastructure = LedgerInfrastructure.get();
    private final TestLedger ledger = new TestLedger(PARTITIONS);
    private final TokenSecret secret = TestLedger.newSecret();
    private final HttpClient caller = HttpClient.newHttpClient();
    private TestRelay relay;
    private EchoServer models;
    private ConfigurableApplicationContext service;
    private GatewayProcess gateway;

    @TempDir private Path folder;

    @BeforeEach
    void aGatewayBeforeTheModels() throws Exception {
        Path executable = executable();
        infrastructure.recreateTopics(PARTITIONS);
        relay = new TestRelay(infrastructure.kafkaBootstrap(), ledger);
        relay.relay(ACCOUNT, new AccountOpened("Acme"), new BalanceCredited(1000, "invoice"));
        relay.relay(TOKEN, created());

        models = new EchoServer();
        service =
                SpringApplication.run(
                        EnforcementServiceApplication.class,
                        "--server.port=0",
                        "--LEDGER_ENFORCEMENT_GRPC_PORT=0",
                        "--ledger.partitions=" + PARTITIONS,
                        "--ledger.pepper-file=" + TestLedger.pepperFile(folder),
                        "--LEDGER_GATEWAY_KEYS=recipe=" + TestKeys.digest(GATEWAY_KEY),
                        "--ledger.kafka.bootstrap=" + infrastructure.kafkaBootstrap());
        gateway = GatewayProcess.start(program(), executable, folder, servicePort(), models.port());
        Await.until(LIMIT, "an allowed call", () -> call("/v1/x").statusCode() == 200);
        models.reached().clear();
    }

    @AfterEach
    void stop() throws Exception {
        caller.close();
        if (gateway != null) {
            gateway.close();
        }
        if (service != null) {
            service.close();
        }
        if (models != null) {
            models.close();
        }
        if (relay != null) {
            relay.close();
        }
    }

    /** The upstream gets the call whole, whose it is, and not the key. */
    @Test
    void anAllowedCallIsForwardedWithTheTokensHeaders() throws Exception {
        HttpResponse<String> answer =
                send(
                        request("/v1/chat/completions")
                                .header("Authorization", "Bearer " + secret.reveal())
                                .header("X-Token-Id", "tok_forged")
                                .header("Content-Type", "application/json")
                                .POST(
                                        HttpRequest.BodyPublishers.ofString(
                                                "{\"model\":\"gpt-5\"}")));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"model\":\"gpt-5\"}");
        assertThat(models.reached()).hasSize(1);
        assertThat(models.reached().element())
                .containsEntry("X-Token-Id", TOKEN.toString())
                .containsEntry("X-Account-Id", ACCOUNT.toString())
                .containsEntry("X-Token-Group", "default")
                .containsEntry("X-Token-Remaining", "100")
                .doesNotContainKey("Authorization");
    }

    /** The gateway shows its own key, whatever its caller sends, and no model sees it. */
    @Test
    void theGatewaysKeyIsItsOwn() throws Exception {
        HttpResponse<String> answer =
                send(authorized("/v1/x").header("X-Gateway-Key", "a-callers-own").GET());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(models.reached()).hasSize(1);
        assertThat(models.reached().element()).doesNotContainKey("X-Gateway-Key");
    }

    /** In whichever header it came, the key of the caller is not the models' business. */
    @ParameterizedTest
    @CsvSource({
        "Authorization,          'Bearer %s'",
        "Authorization,          %s",
        "x-api-key,              %s",
        "x-goog-api-key,         %s",
        "mj-api-secret,          %s",
        "Sec-WebSocket-Protocol, 'realtime, openai-insecure-api-key.%s, openai-beta.realtime-v1'"
    })
    void theCallersKeyEndsAtTheGateway(String header, String value) throws Exception {
        HttpResponse<String> answer =
                send(request("/v1/x").header(header, value.formatted(secret.reveal())).GET());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(models.reached().element().toString()).doesNotContain(secret.reveal());
    }

    /** Every kind of refusal reaches the caller with its own status and body; nothing passes. */
    @Test
    void eachRefusalHasItsStatusAndBody() throws Exception {
        assertRefused(send(request("/v1/x").GET()), 401, "token_missing");
        assertRefused(
                send(request("/v1/x").header("x-api-key", TestLedger.newSecret().reveal()).GET()),
                401,
                "invalid_api_key");
        assertRefused(send(request("/v1/x?key=a&key=b").GET()), 400, "invalid_request");

        relay.relay(TOKEN, new ModelAccessChanged(List.of("gemini")));
        await("model_missing", "/v1/x");
        assertRefused(call("/v1/x"), 400, "model_missing");
        assertRefused(call("/v1beta/models/dear:generateContent"), 403, "model_not_allowed");
        assertThat(call("/v1beta/models/gemini:generateContent").statusCode()).isEqualTo(200);
        models.reached().clear();

        relay.relay(
                TOKEN, new ModelAccessChanged(null), new QuotaConsumed("u", 100, null, 100, false));
        await("insufficient_quota", "/v1/x");
        assertRefused(call("/v1/x"), 429, "insufficient_quota");
        assertThat(call("/v1/messages").body())
                .startsWith("{\"type\":\"error\",\"error\":{\"type\":\"rate_limit_error\"");

        relay.relay(TOKEN, new TokenDisabled("leaked"));
        await("token_disabled", "/v1/x");
        HttpResponse<String> disabled = call("/v1/x");
        assertRefused(disabled, 401, "token_disabled");
        assertThat(disabled.headers().firstValue("WWW-Authenticate")).contains("Bearer");
        assertThat(models.reached()).isEmpty();
    }

    /** What the caller says of itself, its address or its model, changes nothing. */
    @Test
    void theCallersOwnWordIsNotHandedOn() throws Exception {
        relay.relay(TOKEN, new IpAllowlistChanged(List.of(IpRange.parse("203.0.113.7"))));
        await("access_denied", "/v1/x");
        for (String header : List.of("X-Forwarded-For", "X-Real-IP")) {
            assertRefused(
                    send(authorized("/v1/x").header(header, "203.0.113.7").GET()),
                    403,
                    "access_denied");
        }
        assertRefused(
                send(authorized("/v1/x").header("Forwarded", "for=203.0.113.7").GET()),
                403,
                "access_denied");

        relay.relay(TOKEN, new IpAllowlistChanged(null), new ModelAccessChanged(List.of("cheap")));
        await("model_missing", "/v1/x");
        assertRefused(
                send(authorized("/v1/x").header("X-Model", "cheap").GET()), 400, "model_missing");
        assertRefused(
                send(
                        authorized("/v1/x")
                                .header("X-Forwarded-Uri", "/models/cheap:x")
                                .header("X-Original-URL", "/models/cheap:x")
                                .GET()),
                400,
                "model_missing");
        assertThat(models.reached()).isEmpty();
    }

    /** The view's age is young again whenever Kafka has answered, though nothing has happened. */
    @Test
    void theViewsAgeTellsThatKafkaAnswers() {
        AtomicLong before = new AtomicLong(age());
        Await.until(
                LIMIT,
                "a Kafka that has answered since",
                () -> {
                    long now = age();
                    return now < before.getAndSet(now);
                });
    }

    /** A ledger that is not there lets nobody through. */
    @Test
    void withoutTheLedgerNobodyPasses() throws Exception {
        service.close();
        assertUnreachable(call("/v1/x"));
        assertThat(models.reached()).isEmpty();
    }

    /** Which one. */
    abstract GatewayProgram program();

    /** What a caller is told while the ledger does not answer. */
    abstract void assertUnreachable(HttpResponse<String> answer);

    static void assertRefused(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body())
                .startsWith("{\"error\":{\"message\":\"")
                .endsWith("\"code\":\"" + code + "\"}}");
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
    }

    private void await(String code, String path) {
        Await.until(
                LIMIT,
                "the code " + code,
                () -> call(path).body().contains("\"code\":\"" + code + "\""));
        models.reached().clear();
    }

    private long age() {
        try {
            HttpRequest request =
                    HttpRequest.newBuilder(
                                    URI.create("http://127.0.0.1:" + servicePort() + "/authz"))
                            .header("X-Gateway-Key", GATEWAY_KEY)
                            .header("x-api-key", secret.reveal())
                            .build();
            return caller.send(request, HttpResponse.BodyHandlers.discarding())
                    .headers()
                    .firstValueAsLong(AuthzHook.VIEW_AGE)
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private Path executable() {
        return program()
                .find()
                .orElseGet(() ->
                        Assumptions.abort(
                                "SKIPPED: the program of "
                                        + program().recipe()
                                        + " is not on this machine; .ci/run shows how to install it"));
    }

    private int servicePort() {
        return service.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    private LedgerEvent created() {
        return TestLedger.created(
                ACCOUNT,
                new Restrictions(100L, null, null, null),
                TestLedger.pepper(folder).hash(secret));
    }

    private HttpResponse<String> call(String path) throws IOException, InterruptedException {
        return send(authorized(path).GET());
    }

    private HttpRequest.Builder authorized(String path) {
        return request(path).header("Authorization", "Bearer " + secret.reveal());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(gateway.uri(path)).timeout(LIMIT);
    }

    private HttpResponse<String> send(HttpRequest.Builder request)
            throws IOException, InterruptedException {
        return caller.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
