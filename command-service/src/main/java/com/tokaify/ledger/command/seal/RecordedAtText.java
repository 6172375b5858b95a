package com.tokaify.ledger.command.seal;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.time.Instant;
import java.util.Arrays;

/**
 * Times as {@link Instant#toString} writes those of whole microseconds. Neighbouring events mostly
 * share the second, which is kept: the calendar costs more than the hash of an event. One thread.
 */
final class RecordedAtText {
    private static final int MICROS = 1_000_000;

    private long second = Long.MIN_VALUE;

    /** Up to the second, without the Z. */
    private byte[] upToSecond = {};

    /**
     * @param micros since the epoch
     */
    byte[] of(long micros) {
        long wanted = Math.floorDiv(micros, MICROS);
        if (wanted != second) {
            String text = Instant.ofEpochSecond(wanted).toString();
            upToSecond = text.substring(0, text.length() - 1).getBytes(US_ASCII);
            second = wanted;
        }
        int fraction = Math.floorMod(micros, MICROS);
        if (fraction == 0) {
            return end(0, 0);
        }
        return fraction % 1_000 == 0 ? end(fraction / 1_000, 3) : end(fraction, 6);
    }

    private byte[] end(int fraction, int digits) {
        int from = upToSecond.length;
        int length = from + (digits == 0 ? 0 : 1 + digits) + 1;
        byte[] text = Arrays.copyOf(upToSecond, length);
        if (digits > 0) {
            text[from] = '.';
            int rest = fraction;
            for (int i = length - 2; i > from; i--) {
                text[i] = (byte) ('0' + rest % 10);
                rest /= 10;
            }
        }
        text[length - 1] = 'Z';
        return text;
    }
}
