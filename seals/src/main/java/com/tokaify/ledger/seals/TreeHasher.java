package com.tokaify.ledger.seals;

import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The hashes of RFC 6962: a leaf begins with 0, a node with 1, so that neither is ever taken for
 * the other. Not thread-safe: the digest is used again.
 */
public final class TreeHasher {
    private static final byte LEAF = 0;
    private static final byte NODE = 1;

    private final MessageDigest sha256;

    public TreeHasher() {
        try {
            this.sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Of the tree without leaves. */
    public Hash empty() {
        return finish();
    }

    public Hash leaf(byte[] entry) {
        return leaf(entry, entry.length);
    }

    /** The entry is what the array begins with. */
    Hash leaf(byte[] buffer, int length) {
        sha256.update(LEAF);
        sha256.update(buffer, 0, length);
        return finish();
    }

    public Hash node(Hash left, Hash right) {
        sha256.update(NODE);
        sha256.update(left.raw());
        sha256.update(right.raw());
        return finish();
    }

    private Hash finish() {
        byte[] bytes = new byte[Hash.BYTES];
        try {
            sha256.digest(bytes, 0, Hash.BYTES);
        } catch (DigestException e) {
            throw new IllegalStateException("a SHA-256 has 32 bytes", e);
        }
        return new Hash(bytes);
    }
}
