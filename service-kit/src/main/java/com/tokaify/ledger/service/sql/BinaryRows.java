package com.tokaify.ledger.service.sql;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
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
    private static final LocalDate POSTGRES_DAY = LocalDate.of(2000, 1, 1);
    private static final int TEXT_OID = 25;
    private static final int BIGINT_OID = 20;
    private static final int NO_NULLS = 0;
    private static final int FIRST_INDEX = 1;
    private static final int LONGEST_ARRAY_HEADER = 6 * Integer.BYTES;
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

    /** Of the type {@code bigint}; null where there is none. */
    public void putOptionalLong(@Nullable Long value) {
        if (value == null) {
            putNull();
        } else {
            putLong(value.longValue());
        }
    }

    /** Of the type {@code boolean}. */
    public void putBoolean(boolean value) {
        reserve(LONGEST_FIXED_FIELD);
        buffer.putInt(1).put((byte) (value ? 1 : 0));
    }

    /** Of the type {@code uuid}. */
    public void putUuid(@Nullable UUID value) {
        reserve(LONGEST_FIXED_FIELD);
        if (value == null) {
            putNull();
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

    /** Of the type {@code timestamptz}; null where there is none. */
    public void putOptionalInstant(@Nullable Instant value) {
        if (value == null) {
            putNull();
        } else {
            putInstant(value);
        }
    }

    /** Of the type {@code timestamptz}, and before all others. */
    public void putBeforeAllInstants() {
        putLong(Long.MIN_VALUE);
    }

    /** Of the type {@code date}. */
    public void putDate(LocalDate value) {
        putInt(Math.toIntExact(ChronoUnit.DAYS.between(POSTGRES_DAY, value)));
    }

    /** Of the type {@code text}. */
    public void putText(@Nullable String value) {
        if (value == null) {
            putNull();
        } else {
            putBytes(value.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Of the type {@code text[]}. */
    public void putTexts(@Nullable List<String> values) {
        if (values == null) {
            putNull();
            return;
        }
        int start = beginArray(TEXT_OID, values.size());
        values.forEach(this::putText);
        endArray(start);
    }

    /** Of the type {@code bigint[]}. */
    public void putLongs(@Nullable List<Long> values) {
        if (values == null) {
            putNull();
            return;
        }
        int start = beginArray(BIGINT_OID, values.size());
        values.forEach(value -> putLong(value.longValue()));
        endArray(start);
    }

    /** Of any type. */
    public void putNull() {
        reserve(Integer.BYTES);
        buffer.putInt(NULL);
    }

    /**
     * An array of one dimension, or of none where it is empty, as PostgreSQL has it ({@code
     * array_send}).
     *
     * @return where its length is to be written once that is known
     */
    private int beginArray(int elementOid, int size) {
        reserve(LONGEST_ARRAY_HEADER);
        int start = buffer.position();
        buffer.putInt(0).putInt(size == 0 ? 0 : 1).putInt(NO_NULLS).putInt(elementOid);
        if (size > 0) {
            buffer.putInt(size).putInt(FIRST_INDEX);
        }
        return start;
    }

    private void endArray(int start) {
        buffer.putInt(start, buffer.position() - start - Integer.BYTES);
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
