package com.tokaify.ledger.service.trace;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.tokaify.ledger.events.Actor;
import com.tokaify.ledger.events.Position;
import com.tokaify.ledger.events.StoredEvent;
import com.tokaify.ledger.events.codec.EventType;
import com.tokaify.ledger.events.id.CatalogId;
import com.tokaify.ledger.events.kafka.CloudEventHeaders;
import com.tokaify.ledger.events.kafka.EventRecords;
import com.tokaify.ledger.events.kafka.TraceParent;
import com.tokaify.ledger.testkit.RecordedSpans;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.Test;

class AppliedEventsTest {
    private static final TraceParent CAUSE = new TraceParent("a".repeat(32), "b".repeat(16));

    private final RecordedSpans spans = new RecordedSpans();
    private final Tracing tracing =
            Tracing.to(SimpleSpanProcessor.create(spans), 0, Resource.empty());

    private static ConsumerRecord<byte[], byte[]> record(long pseq) {
        ProducerRecord<byte[], byte[]> sent =
                EventRecords.write(
                        new StoredEvent(
                                new Position(3, pseq),
                                CatalogId.CATALOG,
                                pseq - 1,
                                EventType.MODEL_LISTED,
                                Instant.EPOCH,
                                new Actor(Actor.Kind.SYSTEM, "test"),
                                "request-1",
                                "{}".getBytes(UTF_8)));
        ConsumerRecord<byte[], byte[]> record =
                new ConsumerRecord<>(sent.topic(), 3, pseq, sent.key(), sent.value());
        for (Header header : sent.headers()) {
            record.headers().add(header);
        }
        return record;
    }

    private static ConsumerRecord<byte[], byte[]> traced(long pseq) {
        ConsumerRecord<byte[], byte[]> record = record(pseq);
        CloudEventHeaders.addTrace(record.headers(), CAUSE);
        return record;
    }

    /** An event's span begins with its record, is its decision's child, and ends once applied. */
    @Test
    void aTracedEventHasASpanUntilItIsApplied() {
        AppliedEvents read = AppliedEvents.begin(tracing, List.of(record(1), traced(2), record(3)));
        assertThat(spans.all()).isEmpty();
        read.end(_ -> true);

        assertThat(spans.all()).hasSize(1);
        SpanData span = spans.all().getFirst();
        assertThat(span.getTraceId()).isEqualTo(CAUSE.traceId());
        assertThat(span.getParentSpanId()).isEqualTo(CAUSE.spanId());
        assertThat(span.getKind()).isEqualTo(SpanKind.CONSUMER);
        assertThat(span.getName()).isEqualTo("apply ledger.events");
        assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
        assertThat(span.getAttributes().asMap())
                .containsEntry(AttributeKey.stringKey("messaging.system"), "kafka")
                .containsEntry(AttributeKey.stringKey("messaging.operation.type"), "process")
                .containsEntry(
                        AttributeKey.stringKey("messaging.destination.name"), "ledger.events")
                .containsEntry(AttributeKey.stringKey("messaging.destination.partition.id"), "3")
                .containsEntry(AttributeKey.stringKey("messaging.message.id"), "catalog:1");
    }

    /** What was read together ends together, but for what the view has stopped before. */
    @Test
    void anEventTheViewHasStoppedBeforeIsTold() {
        AppliedEvents.begin(tracing, List.of(traced(1)))
                .and(AppliedEvents.NONE)
                .and(AppliedEvents.begin(tracing, List.of(traced(2))))
                .end(position -> position.pseq() < 2);

        assertThat(spans.all())
                .extracting(span -> span.getStatus().getStatusCode())
                .containsExactly(StatusCode.UNSET, StatusCode.ERROR);
    }

    /** A trace that cannot be read stops nobody, and neither does a record that is no event. */
    @Test
    void nonsenseIsPassedOver() {
        ConsumerRecord<byte[], byte[]> malformed = record(1);
        malformed.headers().add(CloudEventHeaders.TRACE_PARENT, "00-x".getBytes(UTF_8));
        ConsumerRecord<byte[], byte[]> noEvent = traced(2);
        noEvent.headers().remove(EventRecords.PSEQ);

        assertThat(AppliedEvents.begin(tracing, List.of(malformed, noEvent)))
                .isSameAs(AppliedEvents.NONE);
    }

    /** Who does not trace does not look. */
    @Test
    void whoDoesNotTraceDoesNotLook() {
        assertThat(AppliedEvents.begin(Tracing.OFF, List.of(traced(1))))
                .isSameAs(AppliedEvents.NONE);
    }
}
