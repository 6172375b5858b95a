package com.tokaify.ledger.standalone;

import static io.opentelemetry.proto.trace.v1.Span.SpanKind.SPAN_KIND_CONSUMER;
import static io.opentelemetry.proto.trace.v1.Span.SpanKind.SPAN_KIND_INTERNAL;
import static io.opentelemetry.proto.trace.v1.Span.SpanKind.SPAN_KIND_PRODUCER;
import static io.opentelemetry.proto.trace.v1.Span.SpanKind.SPAN_KIND_SERVER;
import static org.assertj.core.api.Assertions.assertThat;

import com.tokaify.ledger.standalone.LedgerClient.Answer;
import com.tokaify.ledger.standalone.SpanCollector.Collected;
import com.tokaify.ledger.testkit.Await;
import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import io.opentelemetry.proto.trace.v1.Status.StatusCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One trace from a request to where its events are in force, as a collector gets it. */
class TraceIT {
    private static final Duration SOON = Duration.ofMinutes(1);
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String CALLER = "b7ad6b7169203331";

    /** The request, two questions on its way, its command, the relay, two readers. */
    private static final int SPANS = 7;

    @TempDir private Path temporary;

    /**
     * A traced command's whole way is one trace, with who caused what; its event says so on Kafka,
     * and lines of the log may be found by it. One that is not traced leaves nothing.
     */
    @Test
    void oneTraceShowsACommandsWholeWay() throws Exception {
        try (SpanCollector collector = SpanCollector.start();
                RunningLedger ledger =
                        new RunningLedger(
                                temporary.resolve("data"),
                                Map.of(
                                        "LEDGER_OTLP_ENDPOINT", collector.endpoint(),
                                        "LEDGER_TRACING_SAMPLE", "0",
                                        "LEDGER_INSTANCE_ID", "guard-1",
                                        "LEDGER_LOG_FORMAT", "json",
                                        "LOGGING_LEVEL_ORG_SPRINGFRAMEWORK_WEB", "debug"))) {
            LedgerClient client = ledger.client();
            String account = client.accountWith(100);
            String untraced = client.createToken(account, "").text("tokenId");
            Answer created = client.createToken(account, "", "00-" + TRACE + "-" + CALLER + "-01");
            String traced = created.text("tokenId");
            int status = client.get(LedgerPort.QUERY, "/v1/tokens", created.position()).status();
            assertThat(status).isEqualTo(200);

            List<Collected> spans =
                    Await.until(
                            SOON,
                            "the whole trace has been collected",
                            () -> collector.of(TRACE),
                            seen -> seen.size() >= SPANS);
            String request =
                    mustBe(spans, "command-service", "POST /v1/tokens", SPAN_KIND_SERVER, CALLER);
            String decision =
                    mustBe(
                            spans,
                            "command-service",
                            "decide CreateToken",
                            SPAN_KIND_INTERNAL,
                            request);
            for (String question : List.of("decide AdmitToken", "decide AdmitToGroup")) {
                mustBe(spans, "command-service", question, SPAN_KIND_INTERNAL, request);
            }
            mustBe(spans, "command-service", "relay ledger.events", SPAN_KIND_PRODUCER, decision);
            mustBe(spans, "query-service", "apply ledger.events", SPAN_KIND_CONSUMER, decision);
            mustBe(
                    spans,
                    "enforcement-service",
                    "apply ledger.events",
                    SPAN_KIND_CONSUMER,
                    decision);
            assertThat(spans).hasSize(SPANS);
            assertThat(collector.spans()).as("nothing else was traced").hasSize(SPANS);
            assertThat(spans)
                    .extracting(Collected::status)
                    .containsOnly(StatusCode.STATUS_CODE_UNSET);
            assertThat(span(spans, "enforcement-service", "apply ledger.events").instance())
                    .isEqualTo("guard-1");
            assertThat(span(spans, "command-service", "decide CreateToken").attributes())
                    .containsEntry("ledger.stream", traced)
                    .containsEntry("ledger.outcome", "COMMITTED")
                    .containsEntry("ledger.position", created.position());
            for (String reader : List.of("query-service", "enforcement-service")) {
                assertThat(span(spans, reader, "apply ledger.events").attributes())
                        .containsEntry("messaging.message.id", traced + ":0");
            }

            Map<String, String> parents = parentsOnKafka(ledger);
            assertThat(parents)
                    .containsOnly(Map.entry(traced, "00-" + TRACE + "-" + decision + "-01"));
            assertThat(parents).doesNotContainKey(untraced);
            assertThat(linesOf(ledger, "command-service"))
                    .anyMatch(line ->
                            line.path("traceId").asString().equals(TRACE)
                                    && line.path("spanId").asString().equals(request));
        }
    }

    /** The id of the one span of that name, which must be of this kind and have this parent. */
    private static String mustBe(
            List<Collected> spans, String service, String name, SpanKind kind, String parent) {
        Collected span = span(spans, service, name);
        assertThat(span.kind()).as(span.toString()).isEqualTo(kind);
        assertThat(span.parent()).as(span.toString()).isEqualTo(parent);
        return span.id();
    }

    private static Collected span(List<Collected> spans, String service, String name) {
        List<Collected> found =
                spans.stream()
                        .filter(span -> span.service().equals(service) && span.name().equals(name))
                        .toList();
        assertThat(found).as("%s of %s in %s", name, service, spans).hasSize(1);
        return found.getFirst();
    }

    private static List<JsonNode> linesOf(RunningLedger ledger, String service) throws Exception {
        Path log = ledger.data().resolve("log").resolve(service + ".log");
        return Files.readAllLines(log).stream()
                .filter(line -> line.startsWith("{"))
                .map(line -> JsonMapper.shared().readTree(line))
                .toList();
    }

    /** What records say of traces, by their stream; most say nothing. */
    private static Map<String, String> parentsOnKafka(RunningLedger ledger) {
        Map<String, String> parents = new HashMap<>();
        for (EventTopic.Event event : ledger.topic().events()) {
            String parent = event.traceParent();
            if (parent != null) {
                parents.put(event.subject(), parent);
            }
        }
        return parents;
    }
}
