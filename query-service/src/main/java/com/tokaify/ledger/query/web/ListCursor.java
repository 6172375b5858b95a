package com.tokaify.ledger.query.web;

import com.fasterxml.jackson.annotation.JsonValue;
import com.tokaify.ledger.events.InvalidField;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Where a page of a list ended: after this item. It names a place in the order and not a count, so
 * pages neither repeat nor miss an item when others come and go meanwhile. Opaque to callers, and
 * good only for the question it was an answer to: in another order it would be another place.
 *
 * @param question of which filters and order; see {@link #question}
 * @param key what the list is sorted by, of that item, as text
 * @param id of that item
 */
public record ListCursor(int question, String key, UUID id) {
    private static final int FIXED_BYTES = Integer.BYTES + 2 * Long.BYTES;

    /** Tells questions apart: the same for the same filters and order. */
    public static int question(@Nullable Object... asked) {
        CRC32C sum = new CRC32C();
        for (Object part : asked) {
            sum.update(String.valueOf(part).getBytes(StandardCharsets.UTF_8));
            sum.update(0);
        }
        return (int) sum.getValue();
    }

    /**
     * @throws InvalidField where no answer to that question gave the text out
     */
    public static ListCursor parse(String field, String text, int question) {
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw malformed(field);
        }
        if (bytes.length < FIXED_BYTES) {
            throw malformed(field);
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        ListCursor cursor =
                new ListCursor(
                        buffer.getInt(),
                        new String(
                                bytes,
                                FIXED_BYTES,
                                bytes.length - FIXED_BYTES,
                                StandardCharsets.UTF_8),
                        new UUID(buffer.getLong(), buffer.getLong()));
        if (cursor.question != question) {
            throw new InvalidField(
                    field, "belongs to other filters or another order; begin again without it");
        }
        return cursor;
    }

    public static InvalidField malformed(String field) {
        return new InvalidField(field, "must be the nextCursor of an earlier answer");
    }

    /** The items of a page, read with one more, which tells that there are more. */
    public static <T> List<T> page(List<T> found, int limit) {
        return List.copyOf(found.subList(0, Math.min(limit, found.size())));
    }

    @JsonValue
    @Override
    public String toString() {
        byte[] text = key.getBytes(StandardCharsets.UTF_8);
        byte[] bytes =
                ByteBuffer.allocate(FIXED_BYTES + text.length)
                        .putInt(question)
                        .putLong(id.getMostSignificantBits())
                        .putLong(id.getLeastSignificantBits())
                        .put(text)
                        .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
