package com.tokaify.ledger.audit.core;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a leaf of the log stands for: nine lines of text, an empty one, and the payload's exact
 * bytes. The last line is the leaf hash of the event before in the same stream, so that a leaf
 * commits to all its stream's history.
 *
 * @param previous null for the first event of a stream
 */
@SuppressWarnings("ArrayRecordComponent") // hashed, and compared byte by byte
public record Entry(LoggedEvent event, byte @Nullable [] previous) {
    private static final String VERSION = "tokaify-ledger-entry/v1";
    private static final String NO_PREVIOUS = "-";
    private static final int LINES = 9;

    public byte[] bytes() {
        return bytes(event, previous);
    }

    public static byte[] bytes(LoggedEvent event, byte @Nullable [] previous) {
        String head =
                VERSION
                        + '\n'
                        + event.stream()
                        + '\n'
                        + event.sequence()
                        + '\n'
                        + event.partition()
                        + ':'
                        + event.pseq()
                        + '\n'
                        + event.type()
                        + '\n'
                        + event.recordedAt()
                        + '\n'
                        + event.actor()
                        + '\n'
                        + event.correlationId()
                        + '\n'
                        + (previous == null ? NO_PREVIOUS : Hash.text(previous))
                        + "\n\n";
        byte[] lines = head.getBytes(UTF_8);
        byte[] bytes = Arrays.copyOf(lines, lines.length + event.payload().length);
        System.arraycopy(event.payload(), 0, bytes, lines.length, event.payload().length);
        return bytes;
    }

    /**
     * @throws Malformed where the bytes are not an entry, or are another way to write one
     */
    public static Entry parse(byte[] bytes) {
        String[] lines = new String[LINES];
        int from = 0;
        for (int i = 0; i < LINES; i++) {
            int end = lineEnd(bytes, from);
            lines[i] = new String(bytes, from, end - from, UTF_8);
            from = end + 1;
        }
        if (lineEnd(bytes, from) != from) {
            throw new Malformed("an entry has an empty line before its payload");
        }
        String position = lines[3];
        int colon = position.indexOf(':');
        Entry entry =
                new Entry(
                        new LoggedEvent(
                                (int) number(position.substring(0, Math.max(colon, 0))),
                                number(position.substring(colon + 1)),
                                lines[1],
                                number(lines[2]),
                                lines[4],
                                lines[5],
                                lines[6],
                                lines[7],
                                Arrays.copyOfRange(bytes, from + 1, bytes.length)),
                        lines[8].equals(NO_PREVIOUS) ? null : Hash.parse(lines[8]));
        // What is read must be what is hashed: no leading zeros, no other version, no odd bytes.
        if (!Arrays.equals(entry.bytes(), bytes)) {
            throw new Malformed("not an entry of version " + VERSION + ": " + lines[0]);
        }
        return entry;
    }

    private static int lineEnd(byte[] bytes, int from) {
        for (int i = from; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                return i;
            }
        }
        throw new Malformed("an entry has nine lines and an empty one before its payload");
    }

    private static long number(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException _) {
            throw new Malformed("not a number: " + text);
        }
    }
}
