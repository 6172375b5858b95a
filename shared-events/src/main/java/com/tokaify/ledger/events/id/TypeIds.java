package com.tokaify.ledger.events.id;

import com.tokaify.ledger.events.InvalidField;
import java.util.Arrays;
import java.util.UUID;

/**
 * The text form of ids after the TypeID specification 0.3: a prefix and 26 characters of lower-case
 * Crockford base32, which hold 130 bits, of which the top two are zero.
 */
final class TypeIds {
    private static final String ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
    private static final int LENGTH = 26;
    private static final byte[] VALUES = new byte[128];

    static {
        Arrays.fill(VALUES, (byte) -1);
        for (int i = 0; i < ALPHABET.length(); i++) {
            VALUES[ALPHABET.charAt(i)] = (byte) i;
        }
    }

    private TypeIds() {}

    static String text(String prefix, UUID uuid) {
        char[] text = new char[prefix.length() + LENGTH];
        prefix.getChars(0, prefix.length(), text, 0);
        long high = uuid.getMostSignificantBits();
        long low = uuid.getLeastSignificantBits();
        for (int i = text.length - 1; i >= prefix.length(); i--) {
            text[i] = ALPHABET.charAt((int) (low & 31));
            low = (low >>> 5) | (high << 59);
            high >>>= 5;
        }
        return new String(text);
    }

    static UUID parse(String field, String prefix, String text) {
        if (!text.startsWith(prefix)
                || text.length() != prefix.length() + LENGTH
                || text.charAt(prefix.length()) > '7') {
            throw malformed(field, prefix);
        }
        long high = 0;
        long low = 0;
        for (int i = prefix.length(); i < text.length(); i++) {
            char c = text.charAt(i);
            int value = c < VALUES.length ? VALUES[c] : -1;
            if (value < 0) {
                throw malformed(field, prefix);
            }
            high = (high << 5) | (low >>> 59);
            low = (low << 5) | value;
        }
        return new UUID(high, low);
    }

    private static InvalidField malformed(String field, String prefix) {
        return new InvalidField(
                field, "must be '" + prefix + "' and 26 characters of Crockford base32");
    }
}
