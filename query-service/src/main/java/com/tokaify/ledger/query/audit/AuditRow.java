package com.tokaify.ledger.query.audit;

import com.tokaify.ledger.events.Position;
import com.tokaify.ledger.events.id.AccountId;
import com.tokaify.ledger.events.id.StreamId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A row of the table {@code event}.
 *
 * @param data JSON without line breaks
 */
public record AuditRow(
        Position position,
        Instant recordedAt,
        StreamId stream,
        long sequence,
        String type,
        @Nullable AccountId accountId,
        String actor,
        String correlationId,
        String data) {

    /** The same for whoever may know of an account and does not keep the ledger. */
    public AuditRow toldToOwners() {
        return new AuditRow(
                position,
                recordedAt,
                stream,
                sequence,
                type,
                accountId,
                actor,
                correlationId,
                EventData.told(data));
    }

    /** The row as callers see it. */
    public AuditEvent shown() {
        String subject = stream.toString();
        return new AuditEvent(
                subject + ":" + sequence,
                recordedAt,
                type,
                subject,
                accountId,
                actor,
                correlationId,
                position.toString(),
                sequence,
                data);
    }
}
