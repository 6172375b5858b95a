package com.tokaify.ledger.events;

import com.tokaify.ledger.events.id.StreamId;
import java.time.Instant;

/**
 * An event with everything around it.
 *
 * @param position where it stands in the ledger
 * @param stream whom it is about
 * @param sequence its place in the stream, from 0 without gaps
 * @param recordedAt when the command was decided, in UTC, whole microseconds
 * @param actor who caused it
 * @param correlationId the request it came from
 */
public record RecordedEvent(
        Position position,
        StreamId stream,
        long sequence,
        Instant recordedAt,
        Actor actor,
        String correlationId,
        LedgerEvent event) {}
