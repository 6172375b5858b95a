package com.tokaify.ledger.query.decision;

import com.tokaify.ledger.events.Actor;
import com.tokaify.ledger.events.RecordedEvent;
import com.tokaify.ledger.events.codec.EventType;
import java.time.Instant;

/**
 * An event that made it so.
 *
 * @param stream the token or the account it happened to
 * @param type what happened, e.g. {@code com.tokaify.ledger.token-disabled.v1}
 * @param position where it stands in the ledger
 * @param recordedAt when it was decided
 * @param actorKind operator, owner, auditor, gateway or system
 * @param actorId which of them
 * @param correlationId the request it came from
 */
record Cause(
        String stream,
        long sequence,
        String type,
        String position,
        Instant recordedAt,
        String actorKind,
        String actorId,
        String correlationId) {

    static Cause of(RecordedEvent event) {
        Actor actor = event.actor();
        return new Cause(
                event.stream().toString(),
                event.sequence(),
                EventType.of(event.event()).ceType(),
                event.position().toString(),
                event.recordedAt(),
                actor.kind().text(),
                actor.id(),
                event.correlationId());
    }
}
