package com.tokaify.ledger.console.issuer;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.springframework.security.crypto.password.AbstractValidatingPasswordEncoder;

/**
 * How secrets of clients are kept: they are 256 random bits, which nobody can guess, so that a
 * plain digest does. What makes a person's password slow to check would only cost here.
 */
final class SecretDigest extends AbstractValidatingPasswordEncoder {

    static String of(String secret) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(secret.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    @Override
    protected String encodeNonNullPassword(String secret) {
        return of(secret);
    }

    @Override
    protected boolean matchesNonNull(String secret, String digest) {
        return MessageDigest.isEqual(
                of(secret).getBytes(StandardCharsets.US_ASCII),
                digest.getBytes(StandardCharsets.US_ASCII));
    }
}
