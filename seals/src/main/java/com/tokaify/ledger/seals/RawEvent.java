package com.tokaify.ledger.seals;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.tokaify.ledger.events.StoredEvent;

/**
 * An event as the bytes its entry is made of; texts are UTF-8.
 *
 * @param recordedAt as in {@code ce_time} on Kafka
 */
@SuppressWarnings("ArrayRecordComponent") // handed on and hashed, never compared
public record RawEvent(
        byte[] stream,
        long sequence,
        int partition,
        long pseq,
        byte[] type,
        byte[] recordedAt,
        byte[] actor,
        byte[] correlationId,
        byte[] payload) {

    public static RawEvent of(StoredEvent event) {
        return new RawEvent(
                event.stream().toString().getBytes(US_ASCII),
                event.sequence(),
                event.position().partition(),
                event.position().pseq(),
                event.type().ceType().getBytes(US_ASCII),
                event.recordedAt().toString().getBytes(US_ASCII),
                event.actor().toString().getBytes(UTF_8),
                event.correlationId().getBytes(UTF_8),
                event.payload());
    }

    /** {@code <stream>:<sequence>}, as everywhere. */
    String id() {
        return new String(stream, UTF_8) + ":" + sequence;
    }
}
