package com.tokaify.ledger.service.sql;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Rows in PostgreSQL's binary COPY format, the quickest way in, in a buffer that grows and is used
 * again. Not thread-safe.
 *
 * <p>Format: the header, then for each row its number of fields and for each field its length and
 * big-endian value, then a trailer (PostgreSQL manual, COPY, "Binary Format"). Whoever puts fields
 * puts as many as the row was said to have, each of its column's type.
 */
public final class BinaryRows {
    private static final byte[] HEADER = {
        'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0
    };
    private static final short END = -1;
    private static final int NULL = -1;
    private static final Instant POSTGRES_EPOCH = Instant.parse("2000-01-01T00:00:00Z");
    private static final int LONGEST_FIXED_FIELD = Integer.BYTES + 2 * Long.BYTES;

    private ByteBuffer buffer = ByteBuffer.allocate(1 << 16);

    /** Forgets the rows of before. */
    public void begin() {
        buffer.clear();
        buffer.put(HEADER);
    }

    public void beginRow(int fields) {
        reserve(Short.BYTES);
        buffer.putShort((short) fields);
    }

    /** No row follows. */
    public void end() {
        reserve(Short.BYTES);
        buffer.putShort(END);
    }

    /** Of the type {@code bigint}. */
    public void putLong(long value) {
        reserve(LONGEST_FIXED_FIELD);
        buffer.putInt(Long.BYTES).putLong(value);
    }

    /** Of the type {@code integer}. */
    public void putInt(int value) {
        reserve(LONGEST_FIXED_FIELD);
        buffer.putInt(Integer.BYTES).putInt(value);
    }

    /** Of the type {@code smallint}. */
    public void putShort(short value) {
        reserve(LONGEST_FIXED_FIELD);
        buffer.putInt(Short.BYTES).putShort(value);
    }

    /** Of the type {@code uuid}. */
    public void putUuid(@Nullable UUID value) {
        reserve(LONGEST_FIXED_FIELD);
        if (value == null) {
            buffer.putInt(NULL);
        } else {
            buffer.putInt(2 * Long.BYTES)
                    .putLong(value.getMostSignificantBits())
                    .putLong(value.getLeastSignificantBits());
        }
    }

    /** Of the type {@code timestamptz}, which has microseconds. */
    public void putInstant(Instant value) {
        putLong(ChronoUnit.MICROS.between(POSTGRES_EPOCH, value));
    }

    /** Of the type {@code bytea}, or {@code text} in UTF-8. */
    public void putBytes(byte[] value) {
        reserve(Integer.BYTES + value.length);
        buffer.putInt(value.length).put(value);
    }

    /** Everything since {@link #begin}, in the first {@link #length} bytes; not a copy. */
    public byte[] bytes() {
        return buffer.array();
    }

    public int length() {
        return buffer.position();
    }

    private void reserve(int bytes) {
        if (buffer.remaining() < bytes) {
            int needed = Math.addExact(buffer.position(), bytes);
            ByteBuffer larger =
                    ByteBuffer.allocate(Math.max(needed, Math.multiplyExact(buffer.capacity(), 2)));
            buffer = larger.put(buffer.flip());
        }
    }
}
