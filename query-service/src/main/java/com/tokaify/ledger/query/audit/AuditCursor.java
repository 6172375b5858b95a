package com.tokaify.ledger.query.audit;

import com.fasterxml.jackson.annotation.JsonValue;
import com.tokaify.ledger.events.FieldRules;
import com.tokaify.ledger.events.InvalidField;
import com.tokaify.ledger.events.Position;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;

/**
 * Where a page of the feed ended: at this event. It names a place in the order and not a count, so
 * pages neither repeat nor miss an event while others are recorded. Opaque to callers.
 */
record AuditCursor(Instant recordedAt, Position position) {
    private static final int BYTES = Long.BYTES + Integer.BYTES + Long.BYTES;

    static AuditCursor of(AuditRow last) {
        return new AuditCursor(last.recordedAt(), last.position());
    }

    static AuditCursor parse(String field, String text) {
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw malformed(field);
        }
        if (bytes.length != BYTES) {
            throw malformed(field);
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        Instant recordedAt = Instant.EPOCH.plus(buffer.getLong(), ChronoUnit.MICROS);
        int partition = buffer.getInt();
        long pseq = buffer.getLong();
        try {
            return new AuditCursor(
                    FieldRules.instant(field, recordedAt), new Position(partition, pseq));
        } catch (InvalidField e) {
            throw malformed(field);
        }
    }

    @JsonValue
    @Override
    public String toString() {
        byte[] bytes =
                ByteBuffer.allocate(BYTES)
                        .putLong(ChronoUnit.MICROS.between(Instant.EPOCH, recordedAt))
                        .putInt(position.partition())
                        .putLong(position.pseq())
                        .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static InvalidField malformed(String field) {
        return new InvalidField(field, "must be the nextCursor of an earlier answer");
    }
}
