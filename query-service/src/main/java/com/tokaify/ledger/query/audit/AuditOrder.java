package com.tokaify.ledger.query.audit;

import com.fasterxml.jackson.annotation.JsonValue;
import com.tokaify.ledger.events.InvalidField;
import java.util.Locale;

/** Which events come first. The order is total: time, then place in the ledger. */
enum AuditOrder {
    NEWEST("<", "<=", "DESC"),
    OLDEST(">", ">=", "ASC");

    private final String word = name().toLowerCase(Locale.ROOT);
    private final String after;
    private final String notBefore;
    private final String direction;

    AuditOrder(String after, String notBefore, String direction) {
        this.after = after;
        this.notBefore = notBefore;
        this.direction = direction;
    }

    static AuditOrder parse(String field, String text) {
        for (AuditOrder order : values()) {
            if (order.word.equals(text)) {
                return order;
            }
        }
        throw new InvalidField(field, "must be newest or oldest");
    }

    /**
     * What holds of rows that come after the cursor; the first half lets whole months be left out.
     */
    String afterCursor() {
        return """
        recorded_at %s :cursorTime AND (recorded_at, partition, pseq) %s (:cursorTime, :cursorPartition, :cursorPseq)\
        """
                .formatted(notBefore, after);
    }

    String orderBy() {
        return "recorded_at %1$s, partition %1$s, pseq %1$s".formatted(direction);
    }

    @JsonValue
    @Override
    public String toString() {
        return word;
    }
}
