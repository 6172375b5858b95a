package com.tokaify.ledger.service.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tokaify.ledger.service.ServiceKit;
import com.tokaify.ledger.testkit.access.SignedTokens;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** A service behind its wall, as a caller meets it. */
class ResourceServerTest {
    private static SignedTokens issuer;
    private static ConfigurableApplicationContext service;
    private static HttpClient http;

    @SpringBootConfiguration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import({ServiceKit.class, ResourceServer.class, Things.class})
    static class Service {
        @Bean
        Clock clock() {
            return Clock.systemUTC();
        }

        @Bean
        AccessRules rules() {
            return AccessRules.nobodyElse().get("/v1/things", Role.OPERATOR, Role.AUDITOR);
        }
    }

    @RestController
    static final class Things {
        @GetMapping("/v1/things")
        String who(Access access) {
            return access.actor().toString();
        }

        @PostMapping("/v1/forgotten")
        String forgotten() {
            return "nobody wrote a rule for this";
        }
    }

    @BeforeAll
    static void start() throws Exception {
        issuer = SignedTokens.start();
        service = run("--ledger.access.issuer=" + issuer.issuer());
        http = HttpClient.newHttpClient();
    }

    @AfterAll
    static void stop() {
        http.close();
        service.close();
        issuer.close();
    }

    private static ConfigurableApplicationContext run(String... own) {
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "--spring.config.location=classpath:ledger-service.yaml",
                                "--server.port=0",
                                "--logging.level.root=error"));
        arguments.addAll(List.of(own));
        return SpringApplication.run(Service.class, arguments.toArray(String[]::new));
    }

    private static HttpRequest.Builder request(
            ConfigurableApplicationContext at, String path, @Nullable String token) {
        String port = at.getEnvironment().getRequiredProperty("local.server.port");
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
        return token == null ? request : request.header("Authorization", "Bearer " + token);
    }

    private static HttpResponse<String> get(String path, @Nullable String token) throws Exception {
        return send(request(service, path, token));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        HttpResponse<String> answer =
                http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
        assertThat(answer.headers().firstValue("X-Request-Id")).isPresent();
        return answer;
    }

    private static void assertProblem(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type"))
                .contains("application/problem+json");
        assertThat(answer.body()).contains("\"status\":" + status + ",\"code\":\"" + code + "\"");
    }

    /** Who may is let in, and the controller knows who it is. */
    @Test
    void whoMayIsLetIn() throws Exception {
        HttpResponse<String> answer = get("/v1/things", issuer.auditor().signed());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("auditor:usr_auditor");
    }

    /** Who says nothing is told to, by RFC 6750 without an error code; also where nothing is. */
    @ParameterizedTest
    @ValueSource(strings = {"/v1/things", "/v1/nothing", "/actuator/env", "/"})
    void nobodyIsTold(String path) throws Exception {
        HttpResponse<String> answer = get(path, null);
        assertProblem(answer, 401, "UNAUTHENTICATED");
        assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Bearer");
    }

    /** Whatever is wrong with a token, the answer is the same kind, and does not repeat it. */
    @Test
    void anUnacceptableTokenIsTold() throws Exception {
        for (String token : issuer.unacceptable().values()) {
            HttpResponse<String> answer = get("/v1/things", token);
            assertProblem(answer, 401, "UNAUTHENTICATED");
            assertThat(answer.headers().firstValue("WWW-Authenticate"))
                    .contains("Bearer error=\"invalid_token\"");
            assertThat(answer.body()).doesNotContain(token.substring(0, 12));
        }
    }

    /** A scheme is written in any case; without a token behind it, it is none. */
    @ParameterizedTest
    @ValueSource(strings = {"Bearer", "Bearer ", "bearer  ", "Bearertoken", "Basic YTpi", " "})
    void aSchemeWithoutATokenIsNone(String header) throws Exception {
        HttpResponse<String> answer =
                send(request(service, "/v1/things", null).header("Authorization", header));
        assertProblem(answer, 401, "UNAUTHENTICATED");
        assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Bearer");
        String token = "bEARER " + issuer.auditor().signed();
        assertThat(send(request(service, "/v1/things", null).header("Authorization", token)))
                .extracting(HttpResponse::statusCode)
                .isEqualTo(200);
    }

    /**
     * Only the header counts: what browsers send along by themselves, and what lands in logs, not.
     */
    @Test
    void aTokenElsewhereIsNone() throws Exception {
        String token = issuer.operator().signed();
        assertProblem(get("/v1/things?access_token=" + token, null), 401, "UNAUTHENTICATED");
        assertProblem(
                send(request(service, "/v1/things", null).header("Cookie", "session=" + token)),
                401,
                "UNAUTHENTICATED");
        assertProblem(
                send(
                        request(service, "/v1/things", null)
                                .header("Authorization", "Basic " + token)),
                401,
                "UNAUTHENTICATED");
    }

    /** Who is known and may not is told whose it is. */
    @Test
    void anotherRoleIsTold() throws Exception {
        HttpResponse<String> answer = get("/v1/things", issuer.gateway().signed());
        assertProblem(answer, 403, "FORBIDDEN");
        assertThat(answer.body()).contains("This is for the role operator or auditor.");
    }

    /** What nobody wrote a rule for is there for nobody, though a controller waits for it. */
    @Test
    void whatHasNoRuleIsNotThere() throws Exception {
        HttpRequest.Builder forgotten =
                request(service, "/v1/forgotten", issuer.operator().signed())
                        .POST(HttpRequest.BodyPublishers.noBody());
        assertProblem(send(forgotten), 404, "NOT_FOUND");
        assertProblem(
                send(
                        request(service, "/v1/things", issuer.operator().signed())
                                .method("DELETE", HttpRequest.BodyPublishers.noBody())),
                404,
                "NOT_FOUND");
    }

    /** A path that two readers might read differently is read by none. */
    @Test
    void aPathInDisguiseIsRefused() throws Exception {
        assertProblem(get("/v1/%2e%2e/v1/things", issuer.operator().signed()), 400, "BAD_REQUEST");
    }

    /** Probes have no token. */
    @Test
    void healthIsForEverybody() throws Exception {
        assertThat(get("/actuator/health", null).statusCode()).isEqualTo(200);
        assertThat(get("/actuator/health/readiness", null).statusCode()).isEqualTo(200);
    }

    /** Nobody can say whether a token is good: that is no fault of who sends it. */
    @Test
    void anIssuerThatIsAwayIsOurTrouble() throws Exception {
        try (SignedTokens away = SignedTokens.start();
                ConfigurableApplicationContext early =
                        run("--ledger.access.issuer=" + away.issuer())) {
            away.goAway(true);
            HttpResponse<String> answer =
                    send(request(early, "/v1/things", away.operator().signed()));
            assertProblem(answer, 503, "ISSUER_UNAVAILABLE");
            assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        }
    }

    /** Without an issuer whoever is at this machine is the operator. */
    @Test
    void withoutAnIssuerEverybodyIsTheLocalOperator() throws Exception {
        try (ConfigurableApplicationContext open = run()) {
            assertThat(send(request(open, "/v1/things", null)).body()).isEqualTo("operator:local");
        }
    }

    /** And nobody else may reach it then. */
    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.1"})
    void withoutAnIssuerTheServiceListensOnLoopbackOnly(String address) {
        assertThatThrownBy(() -> run("--server.address=" + address).close())
                .hasRootCauseInstanceOf(OpenToTheNetwork.class)
                .hasStackTraceContaining("Without LEDGER_ACCESS_ISSUER everybody is the operator");
    }
}
