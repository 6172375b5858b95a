package com.tokaify.ledger.events.secret;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * The full key text of a token. Canonical are the 48 base62 characters behind {@code sk-}: {@code
 * tkf}, 39 random ones (232 bits) and 6 of a CRC-32 over the 42 before, so that a mistyped or
 * made-up key is refused before any lookup and leak scanners can tell ours offline. A key that was
 * taken over from another system is any other 32 to 128 base62 characters, and has no checksum.
 *
 * <p>Never logged, never serialized: {@link #toString()} hides it, and only {@link #reveal()} gives
 * the text.
 */
public final class TokenSecret {
    private static final String ALPHABET =
            "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final String MARK = "tkf";
    private static final int RANDOM_LENGTH = 39;
    private static final int CHECKSUM_LENGTH = 6;
    private static final int LENGTH = MARK.length() + RANDOM_LENGTH + CHECKSUM_LENGTH;
    private static final int FOREIGN_LENGTH_MIN = 32;
    private static final int FOREIGN_LENGTH_MAX = 128;
    private static final String PREFIX = "sk-";
    private static final String BEARER = "Bearer ";

    private final String canonical;

    private TokenSecret(String canonical) {
        this.canonical = canonical;
    }

    public static TokenSecret generate(SecureRandom random) {
        StringBuilder text = new StringBuilder(LENGTH).append(MARK);
        for (int i = 0; i < RANDOM_LENGTH; i++) {
            text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return new TokenSecret(text.append(checksum(text)).toString());
    }

    /**
     * Reads a key with or without {@code Bearer } and {@code sk-}.
     *
     * @return empty where the text cannot be a key of ours: wrong length, alphabet, mark or
     *     checksum
     */
    public static Optional<TokenSecret> parse(String text) {
        String key = withoutPrefixes(text);
        if (key.length() != LENGTH || !key.startsWith(MARK) || !isBase62(key)) {
            return Optional.empty();
        }
        boolean intact =
                checksum(key.substring(0, LENGTH - CHECKSUM_LENGTH))
                        .contentEquals(key.substring(LENGTH - CHECKSUM_LENGTH));
        return intact ? Optional.of(new TokenSecret(key)) : Optional.empty();
    }

    /**
     * Reads a key that another system has made, with or without {@code Bearer } and {@code sk-}.
     *
     * @return empty where the text cannot be one: wrong length or alphabet, or of the length and
     *     with the mark of our own
     */
    public static Optional<TokenSecret> parseForeign(String text) {
        String key = withoutPrefixes(text);
        boolean foreign =
                key.length() >= FOREIGN_LENGTH_MIN
                        && key.length() <= FOREIGN_LENGTH_MAX
                        && isBase62(key)
                        && !(key.length() == LENGTH && key.startsWith(MARK));
        return foreign ? Optional.of(new TokenSecret(key)) : Optional.empty();
    }

    /** What lists show: first four characters, ten stars, last four. */
    public String mask() {
        return PREFIX
                + canonical.substring(0, 4)
                + "*".repeat(10)
                + canonical.substring(canonical.length() - 4);
    }

    /** The key as people use it, {@code sk-…}. For answers of create, reveal and rotate only. */
    public String reveal() {
        return PREFIX + canonical;
    }

    byte[] canonicalBytes() {
        return canonical.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public String toString() {
        return "[hidden]";
    }

    private static String withoutPrefixes(String text) {
        String key = text.strip();
        key =
                key.regionMatches(true, 0, BEARER, 0, BEARER.length())
                        ? key.substring(BEARER.length()).strip()
                        : key;
        return key.startsWith(PREFIX) ? key.substring(PREFIX.length()) : key;
    }

    private static boolean isBase62(String key) {
        for (int i = 0; i < key.length(); i++) {
            char c = key.charAt(i);
            boolean digit = c >= '0' && c <= '9';
            boolean letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
            if (!digit && !letter) {
                return false;
            }
        }
        return true;
    }

    private static String checksum(CharSequence text) {
        CRC32 crc = new CRC32();
        crc.update(text.toString().getBytes(StandardCharsets.US_ASCII));
        long rest = crc.getValue();
        char[] digits = new char[CHECKSUM_LENGTH];
        for (int i = CHECKSUM_LENGTH - 1; i >= 0; i--) {
            digits[i] = ALPHABET.charAt((int) (rest % 62));
            rest /= 62;
        }
        return new String(digits);
    }
}
