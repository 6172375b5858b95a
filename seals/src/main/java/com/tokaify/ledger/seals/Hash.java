package com.tokaify.ledger.seals;

import java.util.Arrays;
import java.util.Base64;

/** A SHA-256: of an entry, of a node of the tree, or of a whole tree. As text base64, padded. */
public final class Hash {
    public static final int BYTES = 32;

    private final byte[] bytes;

    /** Takes the array as it is; nobody writes to it any more. */
    Hash(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * @throws IllegalArgumentException where the text is not the base64 of 32 bytes
     */
    public static Hash parse(String text) {
        byte[] bytes = Base64.getDecoder().decode(text);
        if (bytes.length != BYTES || !Base64.getEncoder().encodeToString(bytes).equals(text)) {
            throw new IllegalArgumentException("a hash is the base64 of 32 bytes, not " + text);
        }
        return new Hash(bytes);
    }

    /** One of many that lie one behind the other. */
    public static Hash at(byte[] hashes, int place) {
        return new Hash(Arrays.copyOfRange(hashes, place * BYTES, (place + 1) * BYTES));
    }

    /** A copy. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** Writes it behind so many others. */
    public void putTo(byte[] hashes, int place) {
        System.arraycopy(bytes, 0, hashes, place * BYTES, BYTES);
    }

    /** Not a copy, for who only reads. */
    byte[] raw() {
        return bytes;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Hash hash && Arrays.equals(bytes, hash.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
