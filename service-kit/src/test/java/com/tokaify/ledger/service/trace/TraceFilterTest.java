package com.tokaify.ledger.service.trace;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.tokaify.ledger.service.ServiceKit;
import com.tokaify.ledger.testkit.Await;
import com.tokaify.ledger.testkit.RecordedSpans;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.MDC;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** A service whose requests are traced where their callers say so. */
class TraceFilterTest {
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String SPAN = "b7ad6b7169203331";
    private static final String PARENT = "00-" + TRACE + "-" + SPAN + "-01";
    private static final String SECRET = "sk-tkf" + "aB3".repeat(14);
    private static final RecordedSpans SPANS = new RecordedSpans();

    private static ConfigurableApplicationContext service;
    private static HttpClient http;

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import({ServiceKit.class, TracedRequests.class, Things.class})
    static class Service {
        @Bean
        @Primary
        Tracing recorded() {
            return Tracing.to(SimpleSpanProcessor.create(SPANS), 0, Resource.empty());
        }
    }

    @RestController
    static final class Things {
        @GetMapping("/v1/things/{id}")
        String thing(@PathVariable String id) {
            if (id.equals("broken")) {
                throw new IllegalStateException("broken by " + SECRET);
            }
            return MDC.get("traceId") + " " + MDC.get("spanId");
        }

        @GetMapping("/things/{id}")
        String elsewhere(@PathVariable String id) {
            return id;
        }
    }

    @BeforeAll
    static void start() {
        service = run("--ledger.tracing.endpoint=http://127.0.0.1:1");
        http = HttpClient.newHttpClient();
    }

    @AfterAll
    static void stop() {
        http.close();
        service.close();
    }

    private static ConfigurableApplicationContext run(String endpoint) {
        return SpringApplication.run(
                Service.class,
                "--spring.config.location=classpath:ledger-service.yaml",
                "--spring.application.name=things",
                "--server.port=0",
                "--logging.level.root=off",
                endpoint);
    }

    private static HttpResponse<String> send(String method, String path, String parent)
            throws Exception {
        String port = service.getEnvironment().getRequiredProperty("local.server.port");
        return http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .method(method, HttpRequest.BodyPublishers.noBody())
                        .header("traceparent", parent)
                        .header("tracestate", "vendor=" + SECRET)
                        .header("X-Request-Id", SECRET)
                        .header("User-Agent", SECRET)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /** Of a trace of its own, so that tests do not see each other's. */
    private static String parent(String trace) {
        return PARENT.replace(TRACE, trace);
    }

    /** The one span of a trace, which ends about when its request is answered. */
    private static SpanData only(String trace) {
        return Await.until(
                        Duration.ofSeconds(20),
                        "the span has ended",
                        () -> SPANS.of(trace),
                        spans -> spans.size() == 1)
                .getFirst();
    }

    private static Map<String, Object> attributes(SpanData span) {
        Map<String, Object> all = new HashMap<>();
        span.getAttributes().forEach((key, value) -> all.put(key.getKey(), value));
        return all;
    }

    /** The span is the caller's child, says what was asked, and lines of the log name it. */
    @Test
    void aRequestGoesOnWithItsCallersTrace() throws Exception {
        HttpResponse<String> answer = send("GET", "/v1/things/7", PARENT);

        SpanData span = only(TRACE);
        assertThat(answer.body()).isEqualTo(TRACE + " " + span.getSpanId());
        assertThat(span.getParentSpanId()).isEqualTo(SPAN);
        assertThat(span.getKind()).isEqualTo(SpanKind.SERVER);
        assertThat(span.getName()).isEqualTo("GET /v1/things/{id}");
        assertThat(attributes(span))
                .containsOnly(
                        entry("http.request.method", "GET"),
                        entry("http.route", "/v1/things/{id}"),
                        entry("http.response.status_code", 200L));
    }

    /** Wherever a caller writes a secret, traces are read by others than those it is for. */
    @ParameterizedTest
    @CsvSource({
        "GET, /v1/things/%s, a",
        "GET, /v1/things/7?secret=%s, b",
        "GET, /v1/%s, c",
        "GET, /v1/things/broken, d",
        "%s, /v1/things/7, e"
    })
    void nothingACallerWroteIsInASpan(String method, String path, String digit) throws Exception {
        String trace = digit.repeat(32);
        send(method.formatted(SECRET), path.formatted(SECRET), parent(trace));

        assertThat(only(trace).toString()).doesNotContain(SECRET.substring(3));
        assertThat(only(trace).getSpanContext().getTraceState().isEmpty()).isTrue();
    }

    /** What went wrong is told by its kind. */
    @Test
    void aFailureIsTold() throws Exception {
        String trace = "1".repeat(32);
        assertThat(send("GET", "/v1/things/broken", parent(trace)).statusCode()).isEqualTo(500);

        assertThat(only(trace).getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(attributes(only(trace)))
                .containsEntry("http.response.status_code", 500L)
                .containsEntry("error.type", "500");
        assertThat(only(trace).getEvents()).isEmpty();
    }

    /** A caller that does not record gets no spans, nor one that is not understood. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "00-22222222222222222222222222222222-b7ad6b7169203331-00",
                "00-22222222222222222222222222222222-b7ad6b7169203331",
                "22222222222222222222222222222222",
                "-"
            })
    void whoDoesNotAskForSpansGetsNone(String parent) throws Exception {
        assertThat(send("GET", "/v1/things/8", parent).statusCode()).isEqualTo(200);
        assertThat(SPANS.of("2".repeat(32))).isEmpty();
        assertThat(SPANS.all()).noneMatch(span -> !span.getParentSpanContext().isValid());
    }

    /** Probes, metrics and pages are no calls of the API. */
    @ParameterizedTest
    @ValueSource(strings = {"/things/7", "/actuator/health", "/v3/api-docs"})
    void otherPathsAreNotTraced(String path) throws Exception {
        send("GET", path, parent("3".repeat(32)));
        assertThat(SPANS.of("3".repeat(32))).isEmpty();
    }

    /** Where nobody collects, nothing stands in a request's way. */
    @Test
    void withoutACollectorThereIsNoFilter() {
        assertThat(service.containsBean("traceFilter")).isTrue();
        try (ConfigurableApplicationContext off = run("--ledger.tracing.endpoint=")) {
            assertThat(off.containsBean("traceFilter")).isFalse();
            assertThat(off.getBean("tracing")).isSameAs(Tracing.OFF);
        }
    }
}
