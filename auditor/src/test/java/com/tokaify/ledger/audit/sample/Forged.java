package com.tokaify.ledger.audit.sample;

import com.tokaify.ledger.audit.core.LoggedEvent;

/** An event with something else in one place. */
public final class Forged {
    private Forged() {}

    /** Elsewhere in the ledger. */
    public static LoggedEvent at(LoggedEvent event, int partition, long pseq) {
        return new LoggedEvent(
                partition,
                pseq,
                event.stream(),
                event.sequence(),
                event.type(),
                event.recordedAt(),
                event.actor(),
                event.correlationId(),
                event.payload());
    }

    /** About somebody else, or nobody. */
    public static LoggedEvent stream(LoggedEvent event, String stream) {
        return new LoggedEvent(
                event.partition(),
                event.pseq(),
                stream,
                event.sequence(),
                event.type(),
                event.recordedAt(),
                event.actor(),
                event.correlationId(),
                event.payload());
    }

    /** At another place of its stream. */
    public static LoggedEvent sequence(LoggedEvent event, long sequence) {
        return new LoggedEvent(
                event.partition(),
                event.pseq(),
                event.stream(),
                sequence,
                event.type(),
                event.recordedAt(),
                event.actor(),
                event.correlationId(),
                event.payload());
    }

    /** At another time, or none. */
    public static LoggedEvent recordedAt(LoggedEvent event, String recordedAt) {
        return new LoggedEvent(
                event.partition(),
                event.pseq(),
                event.stream(),
                event.sequence(),
                event.type(),
                recordedAt,
                event.actor(),
                event.correlationId(),
                event.payload());
    }

    /** Caused by somebody else. */
    public static LoggedEvent actor(LoggedEvent event, String actor) {
        return new LoggedEvent(
                event.partition(),
                event.pseq(),
                event.stream(),
                event.sequence(),
                event.type(),
                event.recordedAt(),
                actor,
                event.correlationId(),
                event.payload());
    }

    /** With other bytes. */
    public static LoggedEvent payload(LoggedEvent event, byte[] payload) {
        return new LoggedEvent(
                event.partition(),
                event.pseq(),
                event.stream(),
                event.sequence(),
                event.type(),
                event.recordedAt(),
                event.actor(),
                event.correlationId(),
                payload);
    }
}
