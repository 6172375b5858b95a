package com.tokaify.ledger.enforcement.authz;

import static com.tokaify.ledger.enforcement.TestLedger.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import com.tokaify.ledger.enforcement.TestAccess;
import com.tokaify.ledger.enforcement.TestLedger;
import com.tokaify.ledger.enforcement.access.Callers;
import com.tokaify.ledger.enforcement.access.Door;
import com.tokaify.ledger.enforcement.access.GatewayKeys;
import com.tokaify.ledger.enforcement.access.KnownCallers;
import com.tokaify.ledger.enforcement.access.TestKeys;
import com.tokaify.ledger.enforcement.client.ClientAddress;
import com.tokaify.ledger.enforcement.client.TrustedProxies;
import com.tokaify.ledger.enforcement.decision.Guard;
import com.tokaify.ledger.enforcement.decision.InFlight;
import com.tokaify.ledger.enforcement.http.EndpointServlet;
import com.tokaify.ledger.enforcement.metrics.DecisionCounts;
import com.tokaify.ledger.enforcement.metrics.DecisionCounts.Face;
import com.tokaify.ledger.enforcement.metrics.DecisionCounts.OfFace;
import com.tokaify.ledger.enforcement.rate.RateMeters;
import com.tokaify.ledger.enforcement.view.LocalView;
import com.tokaify.ledger.enforcement.view.ViewStatus;
import com.tokaify.ledger.events.AccountEvent.AccountSuspended;
import com.tokaify.ledger.events.AccountEvent.BalanceAdjusted;
import com.tokaify.ledger.events.Actor;
import com.tokaify.ledger.events.LedgerEvent;
import com.tokaify.ledger.events.RateLimits;
import com.tokaify.ledger.events.TokenEvent.ExpirationChanged;
import com.tokaify.ledger.events.TokenEvent.QuotaConsumed;
import com.tokaify.ledger.events.TokenEvent.RateLimitsChanged;
import com.tokaify.ledger.events.TokenEvent.TokenDeleted;
import com.tokaify.ledger.events.TokenEvent.TokenDisabled;
import com.tokaify.ledger.events.id.AccountId;
import com.tokaify.ledger.events.id.StreamId;
import com.tokaify.ledger.events.id.TokenId;
import com.tokaify.ledger.events.net.IpRange;
import com.tokaify.ledger.events.rules.Code;
import com.tokaify.ledger.events.secret.Pepper;
import com.tokaify.ledger.events.secret.TokenSecret;
import com.tokaify.ledger.service.access.Access;
import com.tokaify.ledger.service.access.AccessTokens;
import com.tokaify.ledger.service.access.Role;
import com.tokaify.ledger.service.access.Scope;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.catalina.Context;
import org.apache.catalina.Wrapper;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The hook on a real Tomcat: what gateways see of each decision. */
class AuthzEndpointTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final TokenId TOKEN = TestLedger.token(1);
    private static final AccountId ACCOUNT = TestLedger.account(1);

    private final TestLedger ledger = new TestLedger(1);
    private final AtomicLong nanos = new AtomicLong();
    private final LocalView view = new LocalView(1, nanos::get);
    private final TokenSecret secret = TestLedger.newSecret();
    private final OfFace counts = new DecisionCounts().of(Face.AUTHZ);
    private final Tomcat tomcat = new Tomcat();
    private final HttpClient gateway = HttpClient.newHttpClient();
    private final Callers gateways =
            new KnownCallers(
                    GatewayKeys.parse(
                            List.of(
                                    "edge-1=" + TestKeys.digest("edge-key"),
                                    "bound@"
                                            + TestLedger.account(2)
                                            + "="
                                            + TestKeys.digest("bound-key"))),
                    AuthzEndpointTest::read);
    private volatile boolean knowsItsGateways;

    /** What can be wrong with a call, and how it is brought about. */
    enum Trouble {
        NO_SECRET,
        WRONG_SECRET,
        DELETED,
        DISABLED,
        EXPIRED,
        ELSEWHERE,
        NO_MODEL,
        OTHER_MODEL,
        SUSPENDED,
        POOR,
        EXHAUSTED,
        TOO_OFTEN,
        NOT_READY,
        BAD_REQUEST
    }

    @BeforeEach
    void aHook(@TempDir Path folder) throws Exception {
        Pepper pepper = TestLedger.pepper(folder);
        ledger.foldARestrictedToken(view, pepper.hash(secret));
        nanos.addAndGet(Duration.ofMillis(42).toNanos());
        Guard guard =
                new Guard(
                        view,
                        pepper,
                        InFlight.NONE,
                        InstantSource.fixed(NOW),
                        new RateMeters(nanos::get));
        TrustedProxies loopback = new TrustedProxies(List.of(IpRange.parse("127.0.0.1")));

        tomcat.setBaseDir(folder.toString());
        Connector connector = new Connector();
        connector.setPort(0);
        connector.setProperty("address", "127.0.0.1");
        tomcat.setConnector(connector);
        Context context = tomcat.addContext("", folder.toString());
        Wrapper wrapper =
                Tomcat.addServlet(
                        context,
                        "authz",
                        EndpointServlet.ofAnyMethod(
                                new AuthzEndpoint(
                                        new AuthzHook(
                                                new Door(
                                                        this::find,
                                                        EnumSet.of(Role.GATEWAY, Role.OPERATOR)),
                                                guard,
                                                view,
                                                new ClientAddress(loopback)),
                                        counts)));
        wrapper.addMapping(AuthzEndpoint.PATH);
        wrapper.addMapping(AuthzEndpoint.PATHS_BELOW);
        tomcat.start();
    }

    @AfterEach
    void stop() throws Exception {
        gateway.close();
        tomcat.stop();
        tomcat.destroy();
    }

    /**
     * A gateway that does not show its key is told so, in the words its caller's library reads, and
     * learns nothing of the token; nothing was decided, so no decision is counted.
     */
    @ParameterizedTest
    @CsvSource({
        "/authz,                 -,        401, UNAUTHENTICATED, 401",
        "/authz,                 wrong,    401, UNAUTHENTICATED, 401",
        "/authz?profile=nginx,   -,        401, UNAUTHENTICATED, 401",
        "/authz,                 visitor,  403, FORBIDDEN,       403",
        "/authz?profile=nginx,   visitor,  403, FORBIDDEN,       403",
        "/authz/v1/messages,     away,     503, ISSUER_UNAVAILABLE, 503",
        "/authz?profile=nginx,   away,     403, ISSUER_UNAVAILABLE, 503"
    })
    void aGatewayThatIsNotLetInIsToldSo(
            String target, String key, int status, String reason, String told) throws Exception {
        knowsItsGateways = true;
        HttpRequest.Builder request = allowed(target);
        HttpResponse<String> answer =
                send((key.equals("-") ? request : request.header("X-Gateway-Key", key)).GET());

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(header(answer, AuthzHook.STATUS)).isEqualTo(told);
        assertThat(header(answer, AuthzHook.REASON)).isEqualTo(reason);
        assertThat(answer.body()).contains("The gateway may not ask the ledger.");
        assertThat(answer.headers().firstValue(AuthzHook.TOKEN)).isEmpty();
        assertThat(answer.headers().firstValue("WWW-Authenticate").isPresent())
                .isEqualTo(status == 401);
        assertThat(counts.unknownGateways()).isEqualTo(1);
        assertThat(counts.count(null)).isZero();
        assertThat(counts.count(Code.OK)).isZero();
    }

    /** The key is the gateway's; what the caller sends as its own authorization is no key. */
    @Test
    void aGatewayShowsItsKeyAndTheCallerItsSecret() throws Exception {
        knowsItsGateways = true;
        assertThat(send(allowed("/authz").header("X-Gateway-Key", "edge-key").GET()).statusCode())
                .isEqualTo(200);
        assertThat(
                        send(request("/authz").header("Authorization", "Bearer edge-key").GET())
                                .statusCode())
                .isEqualTo(401);
        assertThat(
                        header(
                                send(allowed("/authz").header("X-Gateway-Key", "bound-key").GET()),
                                AuthzHook.REASON))
                .as("a gateway of another account")
                .isEqualTo("TOKEN_NOT_FOUND");
    }

    private Access find(@Nullable String gatewayKey, @Nullable String authorization) {
        return knowsItsGateways ? gateways.find(gatewayKey, authorization) : TestAccess.GATEWAY;
    }

    private static Access read(String token) {
        return switch (token) {
            case "visitor" ->
                    new Access(
                            new Actor(Actor.Kind.OWNER, "usr_1"),
                            Role.OWNER,
                            new Scope.EveryAccount(),
                            null);
            case "away" -> throw new AccessTokens.IssuerUnavailable(new IOException("away"));
            default -> throw new AccessTokens.Refused("It is no token.");
        };
    }

    /** Exactly 200 and nothing to read, whatever the method and wherever the original stands. */
    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "PURGE"})
    void anAllowedCallIsExactly200WithAnEmptyBody(String method) throws Exception {
        for (String target : List.of("/authz", "/authz/", "/authz/v1/chat/completions?a=b")) {
            HttpResponse<String> answer =
                    send(allowed(target).method(method, HttpRequest.BodyPublishers.noBody()));
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).isEmpty();
            assertThat(answer.headers().firstValue("Content-Length")).contains("0");
        }
    }

    /** Each decision is counted under its code, a call that cannot be read under none. */
    @Test
    void everyDecisionIsCounted() throws Exception {
        send(allowed("/authz").GET());
        send(allowed("/authz").GET());
        refused(Trouble.WRONG_SECRET, "/authz");
        refused(Trouble.BAD_REQUEST, "/authz");
        assertThat(counts.count(Code.OK)).isEqualTo(2);
        assertThat(counts.count(Code.TOKEN_NOT_FOUND)).isEqualTo(1);
        assertThat(counts.count(null)).isEqualTo(1);
    }

    /** What the upstream may want to know of the token and of the view stands in headers. */
    @Test
    void anAllowedCallTellsAboutTheTokenInHeaders() throws Exception {
        HttpResponse<String> answer = send(allowed("/authz").GET());
        assertThat(header(answer, AuthzHook.STATUS)).isEqualTo("200");
        assertThat(header(answer, AuthzHook.REASON)).isEqualTo("OK");
        assertThat(header(answer, AuthzHook.TOKEN)).isEqualTo(TOKEN.toString());
        assertThat(header(answer, AuthzHook.ACCOUNT)).isEqualTo(ACCOUNT.toString());
        assertThat(header(answer, AuthzHook.GROUP)).isEqualTo("default");
        assertThat(header(answer, AuthzHook.REMAINING)).isEqualTo("100");
        assertThat(header(answer, AuthzHook.SECRET_USED)).isEqualTo("current");
        assertThat(header(answer, "Ledger-Position")).isEqualTo("0:2");
        assertThat(header(answer, AuthzHook.VIEW_AGE)).isEqualTo("42");
    }

    /** The model may come with the body, as Envoy and APISIX send it. */
    @Test
    void theModelInTheBodyIsJudged() throws Exception {
        HttpRequest.Builder request =
                request("/authz/v1/chat/completions")
                        .header("Authorization", "Bearer " + secret.reveal())
                        .header("X-Forwarded-For", "203.0.113.7")
                        .header("Content-Type", "application/json");
        assertThat(post(request.copy(), "{\"messages\":[],\"model\":\"gpt-5\"}").statusCode())
                .isEqualTo(200);
        HttpResponse<String> refused = post(request.copy(), "{\"model\":\"o1\"}");
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(header(refused, AuthzHook.REASON)).isEqualTo("MODEL_NOT_ALLOWED");
    }

    /** The table of facts/peers (c): each reason has its status, and OpenAI's words. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "NO_SECRET    | 401 | TOKEN_MISSING        | invalid_request_error | -     | token_missing",
                "WRONG_SECRET | 401 | TOKEN_NOT_FOUND      | invalid_request_error | -     | invalid_api_key",
                "DELETED      | 401 | TOKEN_DELETED        | invalid_request_error | -     | token_deleted",
                "DISABLED     | 401 | TOKEN_DISABLED       | invalid_request_error | -     | token_disabled",
                "EXPIRED      | 401 | TOKEN_EXPIRED        | invalid_request_error | -     | token_expired",
                "ELSEWHERE    | 403 | IP_NOT_ALLOWED       | invalid_request_error | -     | access_denied",
                "NO_MODEL     | 400 | MODEL_MISSING        | invalid_request_error | model | model_missing",
                "OTHER_MODEL  | 403 | MODEL_NOT_ALLOWED    | invalid_request_error | model | model_not_allowed",
                "SUSPENDED    | 403 | ACCOUNT_SUSPENDED    | invalid_request_error | -     | account_suspended",
                "POOR         | 403 | BALANCE_INSUFFICIENT | insufficient_quota    | -     | insufficient_user_quota",
                "EXHAUSTED    | 429 | QUOTA_EXHAUSTED      | insufficient_quota    | -     | insufficient_quota",
                "TOO_OFTEN    | 429 | RATE_LIMITED         | rate_limit_error      | -     | rate_limit_exceeded",
                "NOT_READY    | 503 | VIEW_NOT_READY       | server_error          | -     | ledger_stale",
                "BAD_REQUEST  | 400 | INVALID_REQUEST      | invalid_request_error | model | invalid_request",
            })
    void aRefusalHasItsStatusAndOpenAisBody(
            Trouble trouble, int status, String reason, String type, String param, String code)
            throws Exception {
        HttpResponse<String> answer = refused(trouble, "/authz");
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(header(answer, AuthzHook.STATUS)).isEqualTo(Integer.toString(status));
        assertThat(header(answer, AuthzHook.REASON)).isEqualTo(reason);
        assertThat(header(answer, "Content-Type")).isEqualTo("application/json");
        assertThat(answer.body())
                .startsWith("{\"error\":{\"message\":\"")
                .endsWith(
                        "\",\"type\":\"%s\",\"param\":%s,\"code\":\"%s\"}}"
                                .formatted(
                                        type, param == null ? "null" : "\"" + param + "\"", code));
        assertThat(answer.headers().firstValue("WWW-Authenticate").isPresent())
                .isEqualTo(status == 401);
        assertThat(header(answer, "Retry-After"))
                .isEqualTo(
                        switch (trouble) {
                            case NOT_READY -> "1";
                            case TOO_OFTEN -> "60";
                            default -> "";
                        });
    }

    /** nginx hands on 401 and 403 and nothing else, so the truth stands in headers. */
    @ParameterizedTest
    @EnumSource
    void forNginxAllIs401Or403AndTheTruthInHeaders(Trouble trouble) throws Exception {
        HttpResponse<String> plain = refused(trouble, "/authz");
        HttpResponse<String> nginx = refused(trouble, "/authz?profile=nginx");
        assertThat(nginx.statusCode()).isEqualTo(plain.statusCode() == 401 ? 401 : 403);
        assertThat(header(nginx, AuthzHook.STATUS)).isEqualTo(Integer.toString(plain.statusCode()));
        assertThat(header(nginx, AuthzHook.REASON)).isEqualTo(header(plain, AuthzHook.REASON));
        assertThat(header(nginx, AuthzHook.BODY)).isEqualTo(plain.body());
        assertThat(plain.headers().firstValue(AuthzHook.BODY)).isEmpty();
    }

    /** nginx allows as everybody does. */
    @Test
    void forNginxAnAllowedCallIs200() throws Exception {
        assertThat(send(allowed("/authz?profile=nginx").GET()).statusCode()).isEqualTo(200);
    }

    /** Anthropic's library reads Anthropic's errors, on its path or where the gateway says so. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/authz/v1/messages",
                "/authz/v1/messages/count_tokens",
                "/authz/anthropic/v1/messages?beta=true",
                "/authz?format=anthropic"
            })
    void anthropicsLibraryGetsAnthropicsErrors(String target) throws Exception {
        assertThat(refused(Trouble.EXHAUSTED, target).body())
                .isEqualTo(
                        "{\"type\":\"error\",\"error\":{\"type\":\"rate_limit_error\",\"message\":"
                                + "\"What is left of the token's quota does not cover the call.\"},"
                                + "\"request_id\":null}");
    }

    /** The classes of Anthropic's errors follow the status. */
    @ParameterizedTest
    @CsvSource({
        "NO_SECRET, authentication_error",
        "ELSEWHERE, permission_error",
        "NO_MODEL, invalid_request_error",
        "NOT_READY, api_error"
    })
    void anthropicsErrorsFollowTheStatus(Trouble trouble, String type) throws Exception {
        assertThat(refused(trouble, "/authz?format=anthropic").body())
                .contains("\"error\":{\"type\":\"" + type + "\"");
    }

    /** Callers that were written against new-api find its statuses and its words. */
    @ParameterizedTest
    @CsvSource({
        "NO_SECRET,   401, token_missing",
        "ELSEWHERE,   403, access_denied",
        "OTHER_MODEL, 403, model_not_allowed",
        "POOR,        403, insufficient_user_quota",
        "EXHAUSTED,   401, pre_consume_token_quota_failed",
        "NOT_READY,   503, ledger_stale"
    })
    void newApisCallersGetItsStatuses(Trouble trouble, int status, String code) throws Exception {
        HttpResponse<String> answer = refused(trouble, "/authz?compat=newapi");
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body())
                .contains("\"type\":\"new_api_error\"", "\"code\":\"" + code + "\"");
    }

    /** Who has no secret that matches learns nothing of any token. */
    @ParameterizedTest
    @EnumSource(names = {"NO_SECRET", "WRONG_SECRET", "NOT_READY", "BAD_REQUEST"})
    void anUnidentifiedCallerLearnsNoToken(Trouble trouble) throws Exception {
        HttpResponse<String> answer = refused(trouble, "/authz");
        for (String header :
                List.of(
                        AuthzHook.TOKEN,
                        AuthzHook.ACCOUNT,
                        AuthzHook.GROUP,
                        AuthzHook.REMAINING,
                        AuthzHook.SECRET_USED)) {
            assertThat(answer.headers().firstValue(header)).isEmpty();
        }
    }

    /** Who has one is told whose it is, so that logs can name the token without its secret. */
    @Test
    void anIdentifiedCallerIsToldItsTokenAlsoWhenRefused() throws Exception {
        HttpResponse<String> answer = refused(Trouble.DISABLED, "/authz");
        assertThat(header(answer, AuthzHook.TOKEN)).isEqualTo(TOKEN.toString());
        assertThat(answer.body()).contains("The token is disabled.");
    }

    /** An option that is none is a mistake of the gateway's configuration, and is named. */
    @ParameterizedTest
    @ValueSource(strings = {"profile=Nginx", "format=xml", "compat=oneapi"})
    void anUnknownOptionIsRefused(String option) throws Exception {
        HttpResponse<String> answer = send(allowed("/authz?" + option).GET());
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains(option.substring(0, option.indexOf('=')) + " must be");
    }

    /** Behind Envoy the query is the application's, which may have such parameters of its own. */
    @Test
    void optionsOfTheApplicationAreNotOurs() throws Exception {
        assertThat(send(allowed("/authz/v1/x?format=xml&profile=me").GET()).statusCode())
                .isEqualTo(200);
    }

    private HttpResponse<String> refused(Trouble trouble, String target) throws Exception {
        HttpRequest.Builder request =
                switch (trouble) {
                    case NO_SECRET -> called(target, null, "gpt-5", "203.0.113.7");
                    case WRONG_SECRET ->
                            called(target, TestLedger.newSecret().reveal(), "gpt-5", "203.0.113.7");
                    case ELSEWHERE -> called(target, secret.reveal(), "gpt-5", "192.0.2.66");
                    case NO_MODEL -> called(target, secret.reveal(), "", "203.0.113.7");
                    case OTHER_MODEL -> called(target, secret.reveal(), "o1", "203.0.113.7");
                    case BAD_REQUEST -> allowed(target).header("x-ai-eg-model", "o1");
                    case DELETED -> after(target, TOKEN, new TokenDeleted());
                    case DISABLED -> after(target, TOKEN, new TokenDisabled("leaked"));
                    case EXPIRED -> after(target, TOKEN, new ExpirationChanged(NOW));
                    case SUSPENDED -> after(target, ACCOUNT, new AccountSuspended("unpaid"));
                    case POOR -> after(target, ACCOUNT, new BalanceAdjusted(-1000, "error"));
                    case EXHAUSTED ->
                            after(target, TOKEN, new QuotaConsumed("u", 100, null, 100, false));
                    case TOO_OFTEN -> {
                        after(target, TOKEN, new RateLimitsChanged(new RateLimits(1L, null)));
                        send(allowed(target).GET());
                        yield allowed(target);
                    }
                    case NOT_READY -> {
                        view.become(new ViewStatus.CatchingUp());
                        yield allowed(target);
                    }
                };
        HttpResponse<String> answer = send(request.GET());
        if (!view.ready()) {
            view.become(new ViewStatus.Ready());
        }
        return answer;
    }

    /** Applied once, though a test may ask twice. */
    private HttpRequest.Builder after(String target, StreamId stream, LedgerEvent event) {
        if (view.eventsApplied() == 2) {
            apply(stream, event);
        }
        return allowed(target);
    }

    private void apply(StreamId stream, LedgerEvent event) {
        view.apply(ledger.record(stream, event));
    }

    private HttpRequest.Builder allowed(String target) {
        return called(target, secret.reveal(), "gpt-5", "203.0.113.7");
    }

    private HttpRequest.Builder called(
            String target, @Nullable String key, String model, String client) {
        HttpRequest.Builder request =
                request(target).header("X-Model", model).header("X-Forwarded-For", client);
        return key == null ? request : request.header("Authorization", "Bearer " + key);
    }

    private HttpRequest.Builder request(String target) {
        return HttpRequest.newBuilder(
                        URI.create(
                                "http://127.0.0.1:"
                                        + tomcat.getConnector().getLocalPort()
                                        + target))
                .timeout(LIMIT);
    }

    private HttpResponse<String> post(HttpRequest.Builder request, String body)
            throws IOException, InterruptedException {
        return send(request.POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private HttpResponse<String> send(HttpRequest.Builder request)
            throws IOException, InterruptedException {
        return gateway.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static String header(HttpResponse<String> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }
}
