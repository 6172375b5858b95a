package com.tokaify.ledger.events.secret;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * The ledger's pepper: 32 secret bytes shared by command-service and enforcement-service, kept in a
 * file only they can read. Losing it makes every secret unknown; leaking it only lets a thief test
 * secrets he already has.
 */
public final class Pepper {
    private static final String HMAC = "HmacSHA256";

    /** One a thread: looking the algorithm up costs more than the hash. */
    @SuppressWarnings("ThreadLocalUsage") // a service has one pepper for as long as it lives
    private final ThreadLocal<Mac> macs;

    private Pepper(byte[] bytes) {
        SecretKeySpec key = new SecretKeySpec(bytes, HMAC);
        this.macs = ThreadLocal.withInitial(() -> mac(key));
    }

    /**
     * @throws IOException where the file is missing or does not hold exactly 32 bytes; the message
     *     names it
     */
    public static Pepper read(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        if (bytes.length != LookupHash.BYTES) {
            throw new IOException(
                    file + " must hold the pepper, exactly 32 bytes, but has " + bytes.length);
        }
        return new Pepper(bytes);
    }

    /** {@code HMAC-SHA-256(pepper, SHA-256(secret))}. */
    public LookupHash hash(TokenSecret secret) {
        return hash(SecretDigest.of(secret));
    }

    /** The same for a secret of which only the digest is known. */
    public LookupHash hash(SecretDigest digest) {
        return LookupHash.of(macs.get().doFinal(digest.bytes()));
    }

    /**
     * A key of its own for another purpose, {@code HMAC-SHA-256(pepper, label)}: the same wherever
     * the pepper is, and of no use for hashing secrets.
     *
     * @param label ASCII, and not as long as a digest, so that it can never be one
     */
    public SecretKey derivedKey(String label) {
        byte[] bytes = label.getBytes(StandardCharsets.US_ASCII);
        if (bytes.length == LookupHash.BYTES) {
            throw new IllegalArgumentException("a label must not be as long as a digest");
        }
        return new SecretKeySpec(macs.get().doFinal(bytes), HMAC);
    }

    private static Mac mac(SecretKeySpec key) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(key);
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime has HmacSHA256", e);
        }
    }

    @Override
    public String toString() {
        return "[hidden]";
    }
}
