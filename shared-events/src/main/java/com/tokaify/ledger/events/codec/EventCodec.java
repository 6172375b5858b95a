package com.tokaify.ledger.events.codec;

import com.tokaify.ledger.events.LedgerEvent;
import com.tokaify.ledger.events.RecordedEvent;
import com.tokaify.ledger.events.StoredEvent;
import java.util.EnumMap;
import java.util.Map;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;

/** Turns events into the bytes that are stored and hashed, and back. Thread-safe, without state. */
public final class EventCodec {
    private static final Map<EventType, ObjectReader> READERS = new EnumMap<>(EventType.class);
    private static final Map<EventType, ObjectWriter> WRITERS = new EnumMap<>(EventType.class);

    static {
        for (EventType type : EventType.values()) {
            READERS.put(type, StrictJson.MAPPER.readerFor(type.eventClass()));
            WRITERS.put(type, StrictJson.MAPPER.writerFor(type.eventClass()));
        }
    }

    private EventCodec() {}

    public static byte[] encode(LedgerEvent event) {
        return of(WRITERS, EventType.of(event)).writeValueAsBytes(event);
    }

    /**
     * @throws UnreadableEvent where the payload lacks a field or breaks a rule of the contract
     */
    public static LedgerEvent decode(EventType type, byte[] payload) {
        return StrictJson.read(of(READERS, type), LedgerEvent.class, payload, type.ceType());
    }

    /**
     * @throws UnreadableEvent where the payload lacks a field or breaks a rule of the contract
     */
    public static RecordedEvent decode(StoredEvent stored) {
        try {
            return new RecordedEvent(
                    stored.position(),
                    stored.stream(),
                    stored.sequence(),
                    stored.recordedAt(),
                    stored.actor(),
                    stored.correlationId(),
                    decode(stored.type(), stored.payload()));
        } catch (UnreadableEvent e) {
            throw new UnreadableEvent(
                    "event " + stored.id() + " at " + stored.position() + ": " + e.getMessage(), e);
        }
    }

    private static <V> V of(Map<EventType, V> map, EventType type) {
        V value = map.get(type);
        if (value == null) {
            throw new IllegalStateException("no codec for " + type);
        }
        return value;
    }
}
