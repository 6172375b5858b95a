package com.tokaify.ledger.service.trace;

import com.tokaify.ledger.events.Position;
import com.tokaify.ledger.events.codec.UnreadableEvent;
import com.tokaify.ledger.events.kafka.CloudEventHeaders;
import com.tokaify.ledger.events.kafka.EventRecords;
import com.tokaify.ledger.events.kafka.TraceParent;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Spans of the traced events among those a view has read and not applied yet: handed over with
 * them, from the thread that reads to the one that applies. Where applying fails and they are read
 * again, these are forgotten: what has not ended is never told.
 */
public record AppliedEvents(List<Applying> events) {

    /** One event on its way into the view. */
    public record Applying(Position position, Span span) {}

    /** None of them is traced. */
    public static final AppliedEvents NONE = new AppliedEvents(List.of());

    /** Begins the spans of those that are traced. */
    public static AppliedEvents begin(
            Tracing tracing, Iterable<ConsumerRecord<byte[], byte[]>> records) {
        if (!tracing.isOn()) {
            return NONE;
        }
        List<Applying> events = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            CloudEventHeaders.trace(record.headers())
                    .flatMap(cause -> begin(tracing, cause, record))
                    .ifPresent(events::add);
        }
        return events.isEmpty() ? NONE : new AppliedEvents(events);
    }

    /** Empty where the record is no event: about that its reader has something to say. */
    private static Optional<Applying> begin(
            Tracing tracing, TraceParent cause, ConsumerRecord<byte[], byte[]> record) {
        try {
            Position position =
                    new Position(record.partition(), EventRecords.pseq(record.headers()));
            String id = CloudEventHeaders.text(record.headers(), CloudEventHeaders.ID);
            Span span = EventSpan.APPLY.begin(tracing, cause, record.partition(), id);
            return Optional.of(new Applying(position, span));
        } catch (UnreadableEvent e) {
            return Optional.empty();
        }
    }

    /** Both as one. */
    public AppliedEvents and(AppliedEvents later) {
        if (events.isEmpty()) {
            return later;
        }
        if (later.events.isEmpty()) {
            return this;
        }
        List<Applying> all = new ArrayList<>(events);
        all.addAll(later.events);
        return new AppliedEvents(all);
    }

    /**
     * Now they have been applied.
     *
     * @param isApplied whether the view has come so far; its partition may have stopped before
     */
    public void end(Predicate<Position> isApplied) {
        for (Applying each : events) {
            if (!isApplied.test(each.position)) {
                each.span.setStatus(StatusCode.ERROR, "not applied");
            }
            each.span.end();
        }
    }
}
