package com.tokaify.ledger.events.secret;

import com.tokaify.ledger.events.InvalidField;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * SHA-256 of a secret's text without {@code sk-}: all that is needed to recognise a secret that is
 * not known here. As text 64 hexadecimal digits.
 */
public final class SecretDigest {
    private static final int BYTES = 32;

    /** One a thread: looking the algorithm up costs as much as the digest. */
    private static final ThreadLocal<MessageDigest> DIGESTS =
            ThreadLocal.withInitial(SecretDigest::digest);

    private final byte[] bytes;

    private SecretDigest(byte[] bytes) {
        this.bytes = bytes;
    }

    public static SecretDigest of(TokenSecret secret) {
        return new SecretDigest(DIGESTS.get().digest(secret.canonicalBytes()));
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }

    /**
     * @param field names the text in the complaint
     */
    public static SecretDigest parse(String field, String text) {
        try {
            byte[] bytes = HexFormat.of().parseHex(text);
            if (bytes.length == BYTES) {
                return new SecretDigest(bytes);
            }
        } catch (IllegalArgumentException e) {
            // said below, as for another length
        }
        throw new InvalidField(field, "must be SHA-256 in 64 hexadecimal digits");
    }

    byte[] bytes() {
        return bytes;
    }

    @Override
    public String toString() {
        return "[hidden]";
    }
}
