package com.tokaify.ledger.events;

import com.tokaify.ledger.events.codec.EventType;
import com.tokaify.ledger.events.id.StreamId;
import java.time.Instant;

/**
 * An event as it lies in the store and travels on Kafka: the payload still as the bytes that were
 * written, which auditors hash. {@link com.tokaify.ledger.events.codec.EventCodec} turns it into a
 * {@link RecordedEvent}.
 */
@SuppressWarnings("ArrayRecordComponent") // the bytes are handed on, never compared
public record StoredEvent(
        Position position,
        StreamId stream,
        long sequence,
        EventType type,
        Instant recordedAt,
        Actor actor,
        String correlationId,
        byte[] payload) {

    /**
     * Unique in the ledger and the same wherever the event is read: {@code <stream>:<sequence>}.
     */
    public String id() {
        return stream + ":" + sequence;
    }
}
