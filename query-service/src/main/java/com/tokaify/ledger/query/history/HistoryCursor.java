package com.tokaify.ledger.query.history;

import com.fasterxml.jackson.annotation.JsonValue;
import com.tokaify.ledger.events.InvalidField;
import java.nio.ByteBuffer;
import java.util.Base64;

/**
 * Where a page ended: at the event with this sequence, going this way. Events are never put in
 * between, so pages neither repeat nor miss one. Opaque to callers.
 */
record HistoryCursor(long sequence, HistoryQuery.Order order) {

    static HistoryCursor parse(String field, String text, HistoryQuery.Order order) {
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw malformed(field);
        }
        if (bytes.length != Byte.BYTES + Long.BYTES) {
            throw malformed(field);
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        if (buffer.get() != direction(order)) {
            throw malformed(field);
        }
        long sequence = buffer.getLong();
        if (sequence < 0) {
            throw malformed(field);
        }
        return new HistoryCursor(sequence, order);
    }

    @JsonValue
    @Override
    public String toString() {
        byte[] bytes =
                ByteBuffer.allocate(Byte.BYTES + Long.BYTES)
                        .put(direction(order))
                        .putLong(sequence)
                        .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static byte direction(HistoryQuery.Order order) {
        return switch (order) {
            case NEWEST -> 0;
            case OLDEST -> 1;
        };
    }

    private static InvalidField malformed(String field) {
        return new InvalidField(
                field, "must be the nextCursor of an earlier answer in the same order");
    }
}
