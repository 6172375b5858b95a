package com.tokaify.ledger.audit.decision;

import com.tokaify.ledger.audit.core.LoggedEvent;

/**
 * An event that made it so.
 *
 * @param stream the token or the account it happened to
 * @param position where it stands in the ledger
 * @param correlationId the request it came from
 */
public record Cause(
        String stream,
        long sequence,
        String type,
        String position,
        String recordedAt,
        String actor,
        String correlationId) {

    static Cause of(LoggedEvent event) {
        return new Cause(
                event.stream(),
                event.sequence(),
                event.type(),
                event.partition() + ":" + event.pseq(),
                event.recordedAt(),
                event.actor(),
                event.correlationId());
    }
}
