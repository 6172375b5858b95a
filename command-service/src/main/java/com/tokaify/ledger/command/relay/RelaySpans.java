package com.tokaify.ledger.command.relay;

import com.tokaify.ledger.events.Position;
import com.tokaify.ledger.events.StoredEvent;
import com.tokaify.ledger.events.kafka.CloudEventHeaders;
import com.tokaify.ledger.events.kafka.EventRecords;
import com.tokaify.ledger.events.kafka.TraceParent;
import com.tokaify.ledger.service.trace.EventSpan;
import com.tokaify.ledger.service.trace.Tracing;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * What one transaction of the relay tells of traces: each traced event's place goes with its
 * record, as it lies in the store whoever relays it, and each has a span until readers may have it.
 * Confined to the relay's thread.
 */
final class RelaySpans implements AutoCloseable {
    private final Tracing tracing;
    private final Map<Position, TraceParent> causes = new HashMap<>();
    private final List<Span> open = new ArrayList<>(0);

    RelaySpans(Tracing tracing) {
        this.tracing = tracing;
    }

    /**
     * Looks which of the events that follow are traced. After they were read: an event and its
     * trace are committed together, so none is missed.
     */
    void lookUp(RelaySource source, Map<Integer, Long> after) {
        if (tracing.isOn()) {
            causes.putAll(source.traces(after));
        }
    }

    /** The record of an event that is sent now. */
    ProducerRecord<byte[], byte[]> record(StoredEvent event) {
        ProducerRecord<byte[], byte[]> record = EventRecords.write(event);
        if (!causes.isEmpty()) {
            TraceParent cause = causes.remove(event.position());
            if (cause != null) {
                CloudEventHeaders.addTrace(record.headers(), cause);
                int partition = event.position().partition();
                open.add(EventSpan.RELAY.begin(tracing, cause, partition, event.id()));
            }
        }
        return record;
    }

    /** Readers may have them. */
    void committed() {
        open.forEach(Span::end);
        open.clear();
    }

    /** What was not committed before this never will be. */
    @Override
    public void close() {
        for (Span span : open) {
            span.setStatus(StatusCode.ERROR, "the transaction has failed");
            span.end();
        }
    }
}
