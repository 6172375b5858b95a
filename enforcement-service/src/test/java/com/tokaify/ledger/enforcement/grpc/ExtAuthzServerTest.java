package com.tokaify.ledger.enforcement.grpc;

import static com.tokaify.ledger.enforcement.TestLedger.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.tokaify.ledger.enforcement.TestAccess;
import com.tokaify.ledger.enforcement.TestLedger;
import com.tokaify.ledger.enforcement.access.Door;
import com.tokaify.ledger.enforcement.access.GatewayKeys;
import com.tokaify.ledger.enforcement.access.KnownCallers;
import com.tokaify.ledger.enforcement.access.TestKeys;
import com.tokaify.ledger.enforcement.authz.AuthzHook;
import com.tokaify.ledger.enforcement.client.ClientAddress;
import com.tokaify.ledger.enforcement.client.TrustedProxies;
import com.tokaify.ledger.enforcement.decision.Guard;
import com.tokaify.ledger.enforcement.decision.InFlight;
import com.tokaify.ledger.enforcement.metrics.DecisionCounts;
import com.tokaify.ledger.enforcement.metrics.DecisionCounts.Face;
import com.tokaify.ledger.enforcement.metrics.DecisionCounts.OfFace;
import com.tokaify.ledger.enforcement.rate.RateMeters;
import com.tokaify.ledger.enforcement.view.LocalView;
import com.tokaify.ledger.enforcement.view.ViewStatus;
import com.tokaify.ledger.events.LedgerEvent;
import com.tokaify.ledger.events.RateLimits;
import com.tokaify.ledger.events.TokenEvent.RateLimitsChanged;
import com.tokaify.ledger.events.TokenEvent.TokenDisabled;
import com.tokaify.ledger.events.id.AccountId;
import com.tokaify.ledger.events.id.StreamId;
import com.tokaify.ledger.events.id.TokenId;
import com.tokaify.ledger.events.net.IpRange;
import com.tokaify.ledger.events.rules.Code;
import com.tokaify.ledger.events.secret.Pepper;
import com.tokaify.ledger.events.secret.TokenSecret;
import com.tokaify.ledger.service.PortTaken;
import com.tokaify.ledger.service.access.Role;
import io.envoyproxy.envoy.config.core.v3.Address;
import io.envoyproxy.envoy.config.core.v3.HeaderMap;
import io.envoyproxy.envoy.config.core.v3.HeaderValue;
import io.envoyproxy.envoy.config.core.v3.HeaderValueOption;
import io.envoyproxy.envoy.config.core.v3.HeaderValueOption.HeaderAppendAction;
import io.envoyproxy.envoy.config.core.v3.SocketAddress;
import io.envoyproxy.envoy.service.auth.v3.AttributeContext;
import io.envoyproxy.envoy.service.auth.v3.AttributeContext.HttpRequest;
import io.envoyproxy.envoy.service.auth.v3.AuthorizationGrpc;
import io.envoyproxy.envoy.service.auth.v3.CheckRequest;
import io.envoyproxy.envoy.service.auth.v3.CheckResponse;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The port Envoy asks, asked by a real gRPC client with the classes Envoy itself publishes. */
class ExtAuthzServerTest {
    private static final TokenId TOKEN = TestLedger.token(1);
    private static final AccountId ACCOUNT = TestLedger.account(1);
    private static final TrustedProxies LOOPBACK =
            new TrustedProxies(List.of(IpRange.parse("127.0.0.1")));

    private final TestLedger ledger = new TestLedger(1);
    private final AtomicLong nanos = new AtomicLong();
    private final LocalView view = new LocalView(1, nanos::get);
    private final TokenSecret secret = TestLedger.newSecret();
    private final OfFace counts = new DecisionCounts().of(Face.GRPC);
    private InstantSource clock = InstantSource.fixed(NOW);
    private Door door = TestAccess.openDoor();
    private @Nullable String gatewayKey;
    private @Nullable ExtAuthzServer server;
    private @Nullable ManagedChannel channel;
    private Pepper pepper;

    @BeforeEach
    void aTokenOfOneModelFromOneNetwork(@TempDir Path folder) throws Exception {
        pepper = TestLedger.pepper(folder);
        ledger.foldARestrictedToken(view, pepper.hash(secret));
        nanos.addAndGet(Duration.ofMillis(42).toNanos());
        serve(LOOPBACK);
    }

    @AfterEach
    void stop() throws Exception {
        if (channel != null) {
            channel.shutdownNow().awaitTermination(60, TimeUnit.SECONDS);
        }
        if (server != null) {
            server.close();
        }
    }

    /**
     * An allowed call is OK, and tells the upstream what /authz tells it, over what callers say.
     */
    @Test
    void anAllowedCallIsOkAndTellsAboutTheToken() {
        CheckResponse response = check(call -> call);

        assertThat(response.getStatus().getCode()).isZero();
        assertThat(response.hasOkResponse()).isTrue();
        assertThat(headers(response.getOkResponse().getHeadersList()))
                .containsEntry("X-Authz-Status", "200")
                .containsEntry("X-Authz-Reason", "OK")
                .containsEntry("X-Token-Id", TOKEN.toString())
                .containsEntry("X-Account-Id", ACCOUNT.toString())
                .containsEntry("X-Token-Group", "default")
                .containsEntry("X-Token-Remaining", "100")
                .containsEntry("X-Secret-Used", "current")
                .containsEntry("Ledger-Position", "0:2")
                .containsEntry("Ledger-View-Age-Ms", "42");
        assertThat(response.getOkResponse().getHeadersList())
                .allMatch(option ->
                        option.getAppendAction() == HeaderAppendAction.OVERWRITE_IF_EXISTS_OR_ADD);
        assertThat(counts.count(Code.OK)).isEqualTo(1);
    }

    /** The gateway's key is in the metadata of its own call; what its caller sends is no key. */
    @Test
    void theGatewaysKeyIsInTheMetadata() throws Exception {
        stop();
        door =
                new Door(
                        new KnownCallers(
                                GatewayKeys.parse(List.of("edge-1=" + TestKeys.digest("edge-key"))),
                                null),
                        EnumSet.of(Role.GATEWAY));
        serve(LOOPBACK);

        CheckResponse stranger = check(call -> call.putHeaders("x-gateway-key", "edge-key"));
        assertThat(stranger.getStatus().getCode()).isEqualTo(Status.Code.UNAUTHENTICATED.value());
        assertThat(headers(stranger.getDeniedResponse().getHeadersList()))
                .containsEntry("X-Authz-Reason", "UNAUTHENTICATED")
                .doesNotContainKey("X-Token-Id");
        assertThat(counts.unknownGateways()).isEqualTo(1);

        gatewayKey = "edge-kez";
        assertThat(check(call -> call).hasDeniedResponse()).isTrue();
        gatewayKey = "edge-key";
        assertThat(check(call -> call).hasOkResponse()).isTrue();
    }

    /** A refusal has the status, the headers and the body of /authz, and never OK. */
    @Test
    void aRefusalHasTheStatusAndTheBodyOfTheHook() {
        CheckResponse response = check(call -> call.putHeaders("authorization", "Bearer sk-no"));

        assertThat(response.getStatus().getCode()).isEqualTo(Status.Code.UNAUTHENTICATED.value());
        assertThat(response.hasDeniedResponse()).isTrue();
        assertThat(response.getDeniedResponse().getStatus().getCodeValue()).isEqualTo(401);
        assertThat(response.getDeniedResponse().getBody())
                .isEqualTo(
                        "{\"error\":{\"message\":\"There is no such token.\","
                                + "\"type\":\"invalid_request_error\",\"param\":null,"
                                + "\"code\":\"invalid_api_key\"}}");
        assertThat(headers(response.getDeniedResponse().getHeadersList()))
                .containsEntry("X-Authz-Status", "401")
                .containsEntry("X-Authz-Reason", "TOKEN_NOT_FOUND")
                .containsEntry("WWW-Authenticate", "Bearer")
                .containsEntry("Content-Type", "application/json");
        assertThat(counts.count(Code.TOKEN_NOT_FOUND)).isEqualTo(1);
    }

    /** The key is found where applications put it: in headers and in the query of the path. */
    @ParameterizedTest
    @CsvSource({
        "authorization, Bearer $",
        "x-api-key, $",
        "x-goog-api-key, $",
        "sec-websocket-protocol, 'realtime, openai-insecure-api-key.$'"
    })
    void theKeyIsFoundInHeaders(String header, String value) {
        assertAllowed(
                check(call ->
                        call.removeHeaders("authorization")
                                .putHeaders(header, value.replace("$", secret.reveal()))));
    }

    /** Gemini's key is in the query, and its model in the path. */
    @Test
    void theKeyAndTheModelAreFoundInThePath() {
        UnaryOperator<HttpRequest.Builder> gemini =
                call -> call.removeHeaders("authorization").removeHeaders("x-model");
        assertAllowed(
                check(call ->
                        gemini.apply(call)
                                .setPath(
                                        "/v1beta/models/gpt-5:generateContent?key="
                                                + secret.reveal())));
        assertReason(
                check(call ->
                        gemini.apply(call)
                                .setPath(
                                        "/v1beta/models/o1:generateContent?key="
                                                + secret.reveal())),
                "MODEL_NOT_ALLOWED");
    }

    /**
     * The model in the body is judged, sent as text or as bytes; one that was cut off names none.
     */
    @Test
    void theModelInTheBodyIsJudged() {
        String body = "{\"messages\":[],\"model\":\"gpt-5\"}";
        UnaryOperator<HttpRequest.Builder> json =
                call ->
                        call.removeHeaders("x-model")
                                .putHeaders("content-type", "application/json");
        assertAllowed(check(call -> json.apply(call).setBody(body)));
        assertAllowed(check(call -> json.apply(call).setRawBody(ByteString.copyFromUtf8(body))));
        assertReason(
                check(call -> json.apply(call).setBody("{\"model\":\"o1\"}")), "MODEL_NOT_ALLOWED");
        assertReason(
                check(call ->
                        json.apply(call)
                                .setBody(body)
                                .putHeaders("x-envoy-auth-partial-body", "true")),
                "MODEL_MISSING");
        assertReason(
                check(call -> json.apply(call).setBody(body).putHeaders("x-model", "o1")),
                "INVALID_REQUEST");
    }

    /** Headers that Envoy was told to send raw are read as those it sends as a map. */
    @Test
    void rawHeadersAreRead() {
        HeaderMap raw =
                HeaderMap.newBuilder()
                        .addHeaders(raw("authorization", "Bearer " + secret.reveal()))
                        .addHeaders(raw("x-model", "gpt-5"))
                        .build();
        assertAllowed(check(call -> call.clearHeaders().setHeaderMap(raw)));
    }

    /** No header of the caller replaces the path, which Envoy has told. */
    @ParameterizedTest
    @ValueSource(strings = {"x-forwarded-uri", "x-original-uri", "x-original-url"})
    void headersDoNotReplaceThePath(String header) {
        assertReason(
                check(call ->
                        call.removeHeaders("x-model")
                                .setPath("/")
                                .putHeaders(header, "/v1/models/gpt-5:generateContent")),
                "MODEL_MISSING");
    }

    /**
     * Envoy is believed where the call comes from, and what stands before it only if it is known.
     */
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "203.0.113.7, -,            OK",
                "192.0.2.1,   -,            IP_NOT_ALLOWED",
                "192.0.2.1,   203.0.113.7,  IP_NOT_ALLOWED",
                "127.0.0.1,   203.0.113.7,  OK",
                "127.0.0.1,   192.0.2.1,    IP_NOT_ALLOWED",
                "'',          203.0.113.7,  IP_NOT_ALLOWED"
            })
    void theClientIsWhoEnvoySaysItIs(String source, @Nullable String forwarded, String reason) {
        assertReason(
                check(
                        source,
                        Map.of(),
                        call ->
                                forwarded == null
                                        ? call
                                        : call.putHeaders("x-forwarded-for", forwarded)),
                reason);
    }

    /** Who is no trusted proxy is the client itself, whatever it says. */
    @Test
    void aStrangerIsNotBelieved() throws Exception {
        stop();
        serve(new TrustedProxies(List.of()));
        assertReason(check(call -> call), "IP_NOT_ALLOWED");
    }

    /** Envoy's operator chooses the words by extensions of the context; a caller cannot. */
    @Test
    void theOperatorChoosesTheWords() {
        apply(TOKEN, new TokenDisabled("leaked"));
        assertThat(
                        check("203.0.113.7", Map.of("format", "anthropic"), call -> call)
                                .getDeniedResponse()
                                .getBody())
                .startsWith("{\"type\":\"error\"");
        assertThat(
                        check("203.0.113.7", Map.of("compat", "newapi"), call -> call)
                                .getDeniedResponse()
                                .getBody())
                .contains("new_api_error");
        assertThat(check(call -> call.setPath("/v1/x?compat=newapi")).getDeniedResponse().getBody())
                .doesNotContain("new_api_error");
    }

    /** Who calls too often is told when to come back. */
    @Test
    void aRateLimitedCallIsToldWhenToComeBack() {
        apply(TOKEN, new RateLimitsChanged(new RateLimits(1L, null)));
        assertAllowed(check(call -> call));
        CheckResponse response = check(call -> call);
        assertThat(response.getDeniedResponse().getStatus().getCodeValue()).isEqualTo(429);
        assertThat(headers(response.getDeniedResponse().getHeadersList()))
                .containsEntry("Retry-After", "60");
    }

    /** While this instance cannot decide, nothing passes. */
    @Test
    void aViewThatIsNotReadyRefuses() {
        view.become(new ViewStatus.CatchingUp());
        CheckResponse response = check(call -> call);
        assertThat(response.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE.value());
        assertThat(response.getDeniedResponse().getStatus().getCodeValue()).isEqualTo(503);
        assertReason(response, "VIEW_NOT_READY");
    }

    /** What nobody expected is a refusal, too: never a call let through, nor a broken stream. */
    @Test
    void whatGoesWrongIsARefusal() {
        clock =
                () -> {
                    throw new IllegalStateException("no time");
                };
        CheckResponse response = check(call -> call);
        assertThat(response.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE.value());
        assertThat(response.getDeniedResponse().getStatus().getCodeValue()).isEqualTo(503);
        assertReason(response, "INTERNAL_ERROR");
    }

    /** Bytes that are no message of Envoy's, and one that says nothing, are refused alike. */
    @Test
    void whatIsNoMessageIsRefused() throws Exception {
        CheckResponse broken = raw(new byte[] {10, 127, 1});
        assertThat(broken.getStatus().getCode()).isNotZero();
        assertReason(broken, "INTERNAL_ERROR");
        assertReason(raw(new byte[0]), "TOKEN_MISSING");
    }

    /** A port somebody listens on is told by its own variable. */
    @Test
    void aTakenPortIsNamedWithItsVariable() {
        int taken = running().port();
        try (ExtAuthzServer second = server(LOOPBACK, taken)) {
            assertThatThrownBy(second::start)
                    .isInstanceOfSatisfying(
                            PortTaken.class,
                            failure -> assertThat(failure.getPort()).isEqualTo(taken));
        }
    }

    private CheckResponse check(UnaryOperator<HttpRequest.Builder> call) {
        return check("203.0.113.7", Map.of(), call);
    }

    private CheckResponse check(
            String source,
            Map<String, String> extensions,
            UnaryOperator<HttpRequest.Builder> call) {
        HttpRequest.Builder http =
                HttpRequest.newBuilder()
                        .setId("17")
                        .setMethod("POST")
                        .setPath("/v1/chat/completions")
                        .setHost("models.example")
                        .setScheme("https")
                        .setSize(-1)
                        .setProtocol("HTTP/2")
                        .putHeaders("authorization", "Bearer " + secret.reveal())
                        .putHeaders("x-model", "gpt-5");
        SocketAddress address =
                SocketAddress.newBuilder().setAddress(source).setPortValue(4711).build();
        CheckRequest request =
                CheckRequest.newBuilder()
                        .setAttributes(
                                AttributeContext.newBuilder()
                                        .setSource(
                                                AttributeContext.Peer.newBuilder()
                                                        .setAddress(
                                                                Address.newBuilder()
                                                                        .setSocketAddress(address))
                                                        .setPrincipal("spiffe://gateway"))
                                        .setRequest(
                                                AttributeContext.Request.newBuilder()
                                                        .setHttp(call.apply(http)))
                                        .putAllContextExtensions(extensions))
                        .build();
        Metadata metadata = new Metadata();
        if (gatewayKey != null) {
            metadata.put(
                    Metadata.Key.of("x-gateway-key", Metadata.ASCII_STRING_MARSHALLER), gatewayKey);
        }
        return AuthorizationGrpc.newBlockingStub(running(channel))
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(metadata))
                .withDeadlineAfter(60, TimeUnit.SECONDS)
                .check(request);
    }

    private CheckResponse raw(byte[] message) throws Exception {
        MethodDescriptor.Marshaller<byte[]> bytes =
                new MethodDescriptor.Marshaller<>() {
                    @Override
                    public InputStream stream(byte[] value) {
                        return new ByteArrayInputStream(value);
                    }

                    @Override
                    public byte[] parse(InputStream stream) {
                        try {
                            return stream.readAllBytes();
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    }
                };
        byte[] response =
                ClientCalls.blockingUnaryCall(
                        running(channel),
                        MethodDescriptor.newBuilder(bytes, bytes)
                                .setType(MethodDescriptor.MethodType.UNARY)
                                .setFullMethodName("envoy.service.auth.v3.Authorization/Check")
                                .build(),
                        CallOptions.DEFAULT.withDeadlineAfter(60, TimeUnit.SECONDS),
                        message);
        return CheckResponse.parseFrom(response);
    }

    private void serve(TrustedProxies trusted) throws Exception {
        ExtAuthzServer started = server(trusted, 0);
        started.start();
        server = started;
        channel =
                NettyChannelBuilder.forAddress("127.0.0.1", started.port()).usePlaintext().build();
    }

    private ExtAuthzServer server(TrustedProxies trusted, int port) {
        Guard guard = new Guard(view, pepper, InFlight.NONE, this::now, new RateMeters(nanos::get));
        return new ExtAuthzServer(
                new AuthzHook(door, guard, view, new ClientAddress(trusted)),
                trusted,
                counts,
                new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }

    private Instant now() {
        return clock.instant();
    }

    private ExtAuthzServer running() {
        if (server == null) {
            throw new AssertionError("no server was started");
        }
        return server;
    }

    private static ManagedChannel running(@Nullable ManagedChannel channel) {
        if (channel == null) {
            throw new AssertionError("no server was started");
        }
        return channel;
    }

    private void apply(StreamId stream, LedgerEvent event) {
        view.apply(ledger.record(stream, event));
    }

    private static void assertAllowed(CheckResponse response) {
        assertReason(response, "OK");
        assertThat(response.getStatus().getCode()).isZero();
    }

    private static void assertReason(CheckResponse response, String reason) {
        List<HeaderValueOption> headers =
                response.hasOkResponse()
                        ? response.getOkResponse().getHeadersList()
                        : response.getDeniedResponse().getHeadersList();
        assertThat(headers(headers)).containsEntry("X-Authz-Reason", reason);
        assertThat(response.getStatus().getCode() == 0).isEqualTo(reason.equals("OK"));
        assertThat(response.hasOkResponse()).isEqualTo(reason.equals("OK"));
    }

    private static Map<String, String> headers(List<HeaderValueOption> options) {
        return options.stream()
                .map(HeaderValueOption::getHeader)
                .collect(Collectors.toMap(HeaderValue::getKey, HeaderValue::getValue));
    }

    private static HeaderValue raw(String name, String value) {
        return HeaderValue.newBuilder()
                .setKey(name)
                .setRawValue(ByteString.copyFromUtf8(value))
                .build();
    }
}
