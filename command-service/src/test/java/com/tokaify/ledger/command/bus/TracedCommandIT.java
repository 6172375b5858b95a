package com.tokaify.ledger.command.bus;

import static com.tokaify.ledger.command.LedgerInstance.PARTITIONING;
import static com.tokaify.ledger.command.Samples.ACCOUNT;
import static com.tokaify.ledger.command.Samples.CONTEXT;
import static com.tokaify.ledger.command.Samples.MASK;
import static com.tokaify.ledger.command.Samples.hash;
import static com.tokaify.ledger.command.Samples.limit;
import static com.tokaify.ledger.command.Samples.tokenId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tokaify.ledger.command.LedgerInstance;
import com.tokaify.ledger.command.bus.CommandResult.Committed;
import com.tokaify.ledger.command.decision.CommandContext;
import com.tokaify.ledger.command.decision.LedgerCommand;
import com.tokaify.ledger.command.store.TraceTable;
import com.tokaify.ledger.command.token.TokenCommand.Booking;
import com.tokaify.ledger.command.token.TokenCommand.ConsumeQuota;
import com.tokaify.ledger.command.token.TokenCommand.CreateToken;
import com.tokaify.ledger.command.token.TokenCommand.Done;
import com.tokaify.ledger.events.Position;
import com.tokaify.ledger.events.id.TokenId;
import com.tokaify.ledger.events.kafka.TraceParent;
import com.tokaify.ledger.service.trace.Tracing;
import com.tokaify.ledger.testkit.Await;
import com.tokaify.ledger.testkit.LedgerDatabase;
import com.tokaify.ledger.testkit.LedgerInfrastructure;
import com.tokaify.ledger.testkit.RecordedSpans;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Commands of requests that are traced, and of such that are not, over a real store. */
class TracedCommandIT {
    private static final String REQUEST = "c".repeat(16);
    private static final LedgerDatabase DATABASE = LedgerInfrastructure.get().newLedgerDatabase();
    private static final RecordedSpans SPANS = new RecordedSpans();

    private static LedgerInstance ledger;

    /** A command that nobody handles. */
    private record Unheard(TokenId stream, CommandContext context) implements LedgerCommand<Done> {}

    @BeforeAll
    static void start() {
        ledger =
                new LedgerInstance(
                        DATABASE,
                        Tracing.to(SimpleSpanProcessor.create(SPANS), 0, Resource.empty()));
    }

    @AfterAll
    static void stop() {
        ledger.close();
    }

    private static Span request(String trace, TraceFlags flags) {
        return Span.wrap(SpanContext.create(trace, REQUEST, flags, TraceState.getDefault()));
    }

    private static Span traced(String trace) {
        return request(trace, TraceFlags.getSampled());
    }

    private static CreateToken create(TokenId token) {
        return new CreateToken(
                token, ACCOUNT, "ci", "default", limit(100L), hash(token), MASK, CONTEXT);
    }

    private static ConsumeQuota consume(TokenId token, String usageId, long amount) {
        return new ConsumeQuota(token, usageId, amount, null, Booking.STRICT, CONTEXT);
    }

    /** The one span of a trace, which ends about when its command is answered. */
    private static SpanData only(String trace) {
        return Await.until(
                        Duration.ofSeconds(30),
                        "the span has ended",
                        () -> SPANS.of(trace),
                        spans -> spans.size() == 1)
                .getFirst();
    }

    private static String attribute(SpanData span, String name) {
        return String.valueOf(span.getAttributes().get(AttributeKey.stringKey(name)));
    }

    /** As the relay sees them. */
    private static Map<Position, TraceParent> traces() {
        Map<Integer, Long> fromTheBeginning =
                IntStream.range(0, LedgerInstance.PARTITIONS)
                        .boxed()
                        .collect(Collectors.toMap(partition -> partition, _ -> 0L));
        return TraceTable.next(
                JdbcClient.create(LedgerInstance.settings(DATABASE).relay()),
                fromTheBeginning,
                1_000);
    }

    private static List<Map.Entry<Position, TraceParent>> tracesOf(String trace) {
        return traces().entrySet().stream()
                .filter(each -> each.getValue().traceId().equals(trace))
                .sorted(Map.Entry.comparingByKey(Comparator.comparingLong(Position::pseq)))
                .toList();
    }

    /** The span says what was decided and where it is, and every event of it leads to the span. */
    @Test
    void aTracedCommandHasASpanAndItsEventsLeadThere() throws Exception {
        String trace = "1".repeat(32);
        TokenId token = tokenId(1);
        ledger.send(create(token));
        CommandResult<?> result;
        try (Scope _ = traced(trace).makeCurrent()) {
            result = ledger.send(consume(token, "u1", 100));
        }

        SpanData span = only(trace);
        Position last = ((Committed<?>) result).position();
        assertThat(span.getName()).isEqualTo("decide ConsumeQuota");
        assertThat(span.getParentSpanId()).isEqualTo(REQUEST);
        assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
        assertThat(attribute(span, "ledger.command")).isEqualTo("ConsumeQuota");
        assertThat(attribute(span, "ledger.stream")).isEqualTo(token.toString());
        assertThat(attribute(span, "ledger.outcome")).isEqualTo("COMMITTED");
        assertThat(attribute(span, "ledger.position")).isEqualTo(last.toString());
        assertThat(span.getAttributes().get(AttributeKey.stringArrayKey("ledger.events")))
                .containsExactly(
                        "com.tokaify.ledger.quota-consumed.v1",
                        "com.tokaify.ledger.quota-exhausted.v1");
        TraceParent place = new TraceParent(trace, span.getSpanId());
        assertThat(tracesOf(trace))
                .containsExactly(
                        Map.entry(new Position(last.partition(), last.pseq() - 1), place),
                        Map.entry(last, place));
    }

    /** Who was refused has a span that says why, and no event. */
    @Test
    void aRefusalIsTold() throws Exception {
        String trace = "2".repeat(32);
        TokenId token = tokenId(2);
        ledger.send(create(token));
        try (Scope _ = traced(trace).makeCurrent()) {
            ledger.send(consume(token, "u1", 101));
        }

        assertThat(attribute(only(trace), "ledger.outcome")).isEqualTo("QUOTA_EXHAUSTED");
        assertThat(tracesOf(trace)).isEmpty();
    }

    /** What nobody decided is an error. */
    @Test
    void whatIsNotDecidedIsAnError() {
        String trace = "3".repeat(32);
        try (Scope _ = traced(trace).makeCurrent()) {
            assertThatThrownBy(() -> ledger.send(new Unheard(tokenId(3), CONTEXT)))
                    .hasRootCauseInstanceOf(IllegalStateException.class);
        }

        assertThat(only(trace).getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(attribute(only(trace), "ledger.outcome")).isEqualTo("UNDECIDED");
    }

    /** A command beside a traced one, in the same batch or not, leaves nothing. */
    @Test
    void whatIsNotTracedLeavesNothing() throws Exception {
        String trace = "4".repeat(32);
        String unsampled = "5".repeat(32);
        TokenId token = tokenId(4);
        int spans = SPANS.all().size();
        int rows = traces().size();
        ledger.send(create(token));
        try (Scope _ = request(unsampled, TraceFlags.getDefault()).makeCurrent()) {
            ledger.send(consume(token, "u1", 1));
        }
        assertThat(SPANS.all()).hasSize(spans);
        assertThat(traces()).hasSize(rows);

        List<ConsumeQuota> mixed = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            mixed.add(consume(token, "m" + i, 1));
        }
        var before = ledger.ledger().send(mixed.get(0));
        try (Scope _ = traced(trace).makeCurrent()) {
            ledger.send(mixed.get(1));
        }
        var after = ledger.ledger().send(mixed.get(2));
        before.get();
        after.get();
        assertThat(tracesOf(trace)).hasSize(1);
        assertThat(traces()).hasSize(rows + 1);
    }

    /** The relay asks for what is behind what it has told, and of so many events only. */
    @Test
    void onlyTheNextTracesAreRead() throws Exception {
        String trace = "6".repeat(32);
        TokenId token = tokenId(6);
        int partition = PARTITIONING.partitionOf(token);
        ledger.send(create(token));
        long first;
        try (Scope _ = traced(trace).makeCurrent()) {
            var result = (Committed<?>) ledger.send(consume(token, "u1", 1));
            first = result.position().pseq();
            ledger.send(consume(token, "u2", 1));
        }
        JdbcClient jdbc = JdbcClient.create(LedgerInstance.settings(DATABASE).relay());

        assertThat(TraceTable.next(jdbc, Map.of(partition, first - 1), 1).keySet())
                .containsExactly(new Position(partition, first));
        assertThat(TraceTable.next(jdbc, Map.of(partition, first), 1).keySet())
                .containsExactly(new Position(partition, first + 1));
        assertThat(TraceTable.next(jdbc, Map.of(partition, first + 1), 1_000)).isEmpty();
        assertThat(TraceTable.next(jdbc, Map.of(), 1_000)).isEmpty();
    }
}
