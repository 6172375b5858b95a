package com.tokaify.ledger.query.history;

import com.tokaify.ledger.events.Actor;
import com.tokaify.ledger.events.RecordedEvent;
import com.tokaify.ledger.events.codec.EventType;
import com.tokaify.ledger.query.audit.EventData;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * One event of a history.
 *
 * @param sequence its place in the stream, from 0
 * @param position where it stands in the ledger
 * @param type what happened, e.g. {@code com.tokaify.ledger.token-disabled.v1}
 * @param recordedAt when it was decided
 * @param actor who did it
 * @param correlationId the request it came from
 * @param data what the event itself says
 * @param changes what it made of the token or the account, field by field; empty where nothing that
 *     is shown of it changed
 */
record HistoryItem(
        long sequence,
        String position,
        String type,
        Instant recordedAt,
        Who actor,
        String correlationId,
        ObjectNode data,
        List<FieldChange> changes) {
    /**
     * @param kind operator, owner, auditor, gateway or system
     */
    record Who(String kind, String id) {
        static Who of(Actor actor) {
            return new Who(actor.kind().text(), actor.id());
        }
    }

    static HistoryItem of(RecordedEvent recorded, List<FieldChange> changes) {
        return new HistoryItem(
                recorded.sequence(),
                recorded.position().toString(),
                EventType.of(recorded.event()).ceType(),
                recorded.recordedAt(),
                Who.of(recorded.actor()),
                recorded.correlationId(),
                EventData.told(recorded.event()),
                changes);
    }
}
