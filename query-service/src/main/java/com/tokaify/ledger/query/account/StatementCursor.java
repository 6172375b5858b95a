package com.tokaify.ledger.query.account;

import com.tokaify.ledger.query.time.Quarters;
import com.tokaify.ledger.query.web.ListCursor;
import com.tokaify.ledger.query.web.Times;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Base64;

/**
 * Where a page of a statement ended. Opaque to callers.
 *
 * @param question of which statement; see {@link #question}
 * @param to where that statement ends, for a caller who left it to the clock
 * @param place of the last line
 */
record StatementCursor(int question, Instant to, Place place) {
    private static final int BYTES = 2 * Integer.BYTES + 3 * Long.BYTES;
    private static final long MICROS = 1_000_000;

    /**
     * A line's place in the order: by time, then the day's consumption, its refunds, and the
     * entries of the next day, these by sequence.
     */
    record Place(Instant at, int rank, long sequence) {}

    static int question(Instant from, Instant to, ZoneId zone) {
        return ListCursor.question(from, to, zone);
    }

    static StatementCursor parse(String field, String text) {
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw ListCursor.malformed(field);
        }
        if (bytes.length != BYTES) {
            throw ListCursor.malformed(field);
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        StatementCursor cursor =
                new StatementCursor(
                        buffer.getInt(),
                        instant(buffer.getLong()),
                        new Place(instant(buffer.getLong()), buffer.getInt(), buffer.getLong()));
        if (!Quarters.startOf(cursor.to).equals(cursor.to)
                || !Times.canBeAskedFor(cursor.to)
                || !Times.canBeAskedFor(cursor.place.at)) {
            throw ListCursor.malformed(field);
        }
        return cursor;
    }

    private static Instant instant(long micros) {
        return Instant.ofEpochSecond(
                Math.floorDiv(micros, MICROS), Math.floorMod(micros, MICROS) * 1000);
    }

    private static long micros(Instant instant) {
        return instant.getEpochSecond() * MICROS + instant.getNano() / 1000;
    }

    @Override
    public String toString() {
        byte[] bytes =
                ByteBuffer.allocate(BYTES)
                        .putInt(question)
                        .putLong(micros(to))
                        .putLong(micros(place.at))
                        .putInt(place.rank)
                        .putLong(place.sequence)
                        .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
