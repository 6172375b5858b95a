package com.tokaify.ledger.benchmarks.enforce;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/**
 * HTTP/1.1 answers of 200 whose length is told in a header. Looks for the least that tells where an
 * answer ends: what the load generator needs itself it takes from the server's cores.
 */
final class HttpWire implements Wire {
    private static final byte[] OK = "HTTP/1.1 200".getBytes(ISO_8859_1);
    private static final byte[] LENGTH = "\ncontent-length:".getBytes(ISO_8859_1);
    private static final byte[] END_OF_HEAD = "\r\n\r\n".getBytes(ISO_8859_1);
    private static final int TO_LOWER_CASE = 0x20;
    private static final int RADIX = 10;

    @Override
    public int answer(byte[] received, int length) {
        int head = find(END_OF_HEAD, received, length);
        if (head < 0) {
            return INCOMPLETE;
        }
        if (find(OK, received, OK.length) != 0) {
            throw new IllegalStateException(
                    "not the answer hoped for: " + new String(received, 0, length, ISO_8859_1));
        }
        int end = head + END_OF_HEAD.length + bodyLength(received, head);
        return end <= length ? end : INCOMPLETE;
    }

    private static int bodyLength(byte[] received, int head) {
        int at = find(LENGTH, received, head);
        if (at < 0) {
            throw new IllegalStateException("an answer does not tell its length");
        }
        int value = 0;
        for (int i = at + LENGTH.length; received[i] != '\r'; i++) {
            if (received[i] != ' ') {
                value = RADIX * value + received[i] - '0';
            }
        }
        return value;
    }

    /** The first place of some text, whose letters are lower case where case does not matter. */
    private static int find(byte[] text, byte[] in, int length) {
        for (int i = 0; i <= length - text.length; i++) {
            if (startsAt(i, text, in)) {
                return i;
            }
        }
        return -1;
    }

    private static boolean startsAt(int from, byte[] text, byte[] in) {
        for (int i = 0; i < text.length; i++) {
            byte found = in[from + i];
            if (found != text[i] && !(isUpperCase(found) && (found | TO_LOWER_CASE) == text[i])) {
                return false;
            }
        }
        return true;
    }

    private static boolean isUpperCase(byte letter) {
        return letter >= 'A' && letter <= 'Z';
    }
}
