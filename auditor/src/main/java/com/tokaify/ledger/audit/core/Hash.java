package com.tokaify.ledger.audit.core;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * SHA-256 as RFC 6962 uses it. Leaves and nodes begin with different bytes, so that neither can be
 * passed off as the other.
 */
public final class Hash {
    public static final int LENGTH = 32;

    private static final byte LEAF = 0;
    private static final byte NODE = 1;
    private static final ThreadLocal<MessageDigest> DIGEST = ThreadLocal.withInitial(Hash::sha256);

    private Hash() {}

    public static byte[] leaf(byte[] entry) {
        MessageDigest digest = digest();
        digest.update(LEAF);
        return digest.digest(entry);
    }

    public static byte[] node(byte[] left, byte[] right) {
        MessageDigest digest = digest();
        digest.update(NODE);
        digest.update(left);
        return digest.digest(right);
    }

    /** The root of a tree without leaves. */
    public static byte[] ofNothing() {
        return digest().digest();
    }

    static byte[] of(byte[] bytes) {
        return digest().digest(bytes);
    }

    public static String text(byte[] hash) {
        return Base64.getEncoder().encodeToString(hash);
    }

    /**
     * @throws Malformed where the text is not 32 bytes in base64
     */
    public static byte[] parse(String text) {
        byte[] hash = base64(text);
        if (hash.length != LENGTH) {
            throw new Malformed("not a hash of 32 bytes in base64: " + text);
        }
        return hash;
    }

    static byte[] base64(String text) {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException _) {
            throw new Malformed("not base64: " + text);
        }
    }

    private static MessageDigest digest() {
        MessageDigest digest = DIGEST.get();
        digest.reset();
        return digest;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
