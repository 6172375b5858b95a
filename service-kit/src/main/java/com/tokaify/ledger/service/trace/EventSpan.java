package com.tokaify.ledger.service.trace;

import com.tokaify.ledger.events.kafka.Topics;
import com.tokaify.ledger.events.kafka.TraceParent;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;

/**
 * What is done with one event of {@link Topics#EVENTS}, by OpenTelemetry's conventions for
 * messaging. Each is caused by the decision, whose place the event carries, so that it does not
 * matter who else has had it before, nor whether he traces.
 */
public enum EventSpan {
    /** From the store to Kafka: from when it was read there until readers may have it. */
    RELAY("relay", "send", SpanKind.PRODUCER),

    /** From Kafka to a view: from when it was read until it may be seen. */
    APPLY("apply", "process", SpanKind.CONSUMER);

    private final String operation;
    private final String type;
    private final SpanKind kind;

    EventSpan(String operation, String type, SpanKind kind) {
        this.operation = operation;
        this.type = type;
        this.kind = kind;
    }

    /**
     * Begins now.
     *
     * @param id the event's
     */
    public Span begin(Tracing tracing, TraceParent cause, int partition, String id) {
        return tracing.span(operation + " " + Topics.EVENTS, cause)
                .setSpanKind(kind)
                .setAttribute("messaging.system", "kafka")
                .setAttribute("messaging.operation.name", operation)
                .setAttribute("messaging.operation.type", type)
                .setAttribute("messaging.destination.name", Topics.EVENTS)
                .setAttribute("messaging.destination.partition.id", Integer.toString(partition))
                .setAttribute("messaging.message.id", id)
                .startSpan();
    }
}
