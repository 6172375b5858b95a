package com.tokaify.ledger.seals;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * The name of a key and the four bytes that tell keys of one name apart, as c2sp.org/signed-note
 * has them.
 *
 * @param id in hex
 */
record KeyName(String name, String id) {
    /** Of signatures over the text of a note and nothing else. */
    static final byte NOTE = 0x01;

    static final int ID_BYTES = 4;

    private static final Pattern NAME = Pattern.compile("[^\\s\\p{Z}\\p{Cntrl}+]+");

    KeyName {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "a key's name has no space and no +, unlike '" + name + "'");
        }
    }

    static KeyName of(String name, byte[] publicKey) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(name.getBytes(UTF_8));
            sha256.update((byte) '\n');
            sha256.update(NOTE);
            sha256.update(publicKey);
            return new KeyName(
                    name, HexFormat.of().formatHex(Arrays.copyOf(sha256.digest(), ID_BYTES)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** The bytes of the {@link #id}. */
    byte[] idBytes() {
        return HexFormat.of().parseHex(id);
    }

    /** What is written of a key behind its name: one byte for what it signs, then the key. */
    static byte[] typed(byte[] key) {
        byte[] typed = new byte[1 + key.length];
        typed[0] = NOTE;
        System.arraycopy(key, 0, typed, 1, key.length);
        return typed;
    }

    /**
     * @throws IllegalArgumentException where the bytes are no key of this type
     */
    static byte[] untyped(byte[] typed) {
        if (typed.length != 1 + Ed25519.KEY_BYTES || typed[0] != NOTE) {
            throw new IllegalArgumentException("is not an Ed25519 key that signs notes");
        }
        return Arrays.copyOfRange(typed, 1, typed.length);
    }
}
