package com.tokaify.ledger.audit.source;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Texts that come again and again, as one object each: types, actors, streams. A small table in
 * which a newcomer takes the place of another. One thread.
 */
final class Interned {
    private static final byte[] NOTHING = {};

    private final byte[][] bytes;
    private final String[] texts;

    /**
     * @param places a power of two
     */
    Interned(int places) {
        this.bytes = new byte[places][];
        this.texts = new String[places];
        Arrays.fill(bytes, NOTHING);
        Arrays.fill(texts, "");
    }

    String text(byte[] from, int start, int end) {
        int hash = 1;
        for (int i = start; i < end; i++) {
            hash = 31 * hash + from[i];
        }
        int place = (hash ^ (hash >>> 15)) & (texts.length - 1);
        byte[] known = bytes[place];
        if (!Arrays.equals(from, start, end, known, 0, known.length)) {
            bytes[place] = Arrays.copyOfRange(from, start, end);
            texts[place] = new String(from, start, end - start, StandardCharsets.UTF_8);
        }
        return texts[place];
    }
}
