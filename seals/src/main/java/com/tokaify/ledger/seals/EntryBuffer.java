package com.tokaify.ledger.seals;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Makes the entries of the log: lines that say what an event is and which leaf was the one before
 * it in its stream, an empty line, and the payload as it lies in the store. So each leaf commits to
 * the whole history of its stream. The buffer is used again; not thread-safe.
 */
public final class EntryBuffer {
    /** Bundles of entries, as c2sp.org/tlog-tiles has them, tell a length in two bytes. */
    public static final int MAX_BYTES = 65_535;

    /**
     * What an entry has beside its payload, at most: eight lines of which the longest are actor and
     * correlation id.
     */
    public static final int MAX_HEAD_BYTES = 1_024;

    private static final byte[] FORMAT = "tokaify-ledger-entry/v1".getBytes(US_ASCII);
    private static final byte[] NOTHING_BEFORE = "-".getBytes(US_ASCII);

    private final TreeHasher hasher = new TreeHasher();
    private byte[] bytes = new byte[2_048];
    private int length;

    /**
     * @param previous the leaf of the event before in the stream; null for its first
     * @throws Unsealable where a line would not be one, or the whole is longer than an entry may be
     */
    public byte[] entry(RawEvent event, @Nullable Hash previous) {
        write(event, previous);
        return Arrays.copyOf(bytes, length);
    }

    /**
     * The leaf of the {@link #entry}, which is not copied.
     *
     * @throws Unsealable as there
     */
    public Hash leaf(RawEvent event, @Nullable Hash previous) {
        write(event, previous);
        return hasher.leaf(bytes, length);
    }

    private void write(RawEvent event, @Nullable Hash previous) {
        if ((previous == null) != (event.sequence() == 0)) {
            throw new IllegalArgumentException(
                    event.id() + (previous == null ? " has" : " has not") + " an event before it");
        }
        length = 0;
        line(FORMAT, event);
        line(event.stream(), event);
        number(event.sequence());
        end();
        number(event.partition());
        put((byte) ':');
        number(event.pseq());
        end();
        line(event.type(), event);
        line(event.recordedAt(), event);
        line(event.actor(), event);
        line(event.correlationId(), event);
        line(previous == null ? NOTHING_BEFORE : previous.toString().getBytes(US_ASCII), event);
        end();
        put(event.payload());
        if (length > MAX_BYTES) {
            throw new Unsealable(
                    event.id() + " makes an entry of " + length + " bytes, more than " + MAX_BYTES);
        }
    }

    private void line(byte[] text, RawEvent event) {
        for (byte each : text) {
            if (each == '\n') {
                throw new Unsealable(event.id() + " has a line break where none may be");
            }
        }
        put(text);
        end();
    }

    private void end() {
        put((byte) '\n');
    }

    private void number(long value) {
        put(Long.toString(value).getBytes(US_ASCII));
    }

    private void put(byte[] text) {
        reserve(text.length);
        System.arraycopy(text, 0, bytes, length, text.length);
        length += text.length;
    }

    private void put(byte value) {
        reserve(1);
        bytes[length++] = value;
    }

    private void reserve(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
        }
    }
}
