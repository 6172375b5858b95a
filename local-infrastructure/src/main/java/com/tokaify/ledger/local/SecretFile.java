package com.tokaify.ledger.local;

import com.tokaify.ledger.events.secret.PrivateFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * Secrets made once and kept in private files. Losing the pepper or a password with the power would
 * lock the ledger out of its own data.
 */
public final class SecretFile {
    private static final int PASSWORD_BYTES = 24;
    private static final SecureRandom RANDOM = new SecureRandom();

    private SecretFile() {}

    /**
     * The password in the file, made at the first call.
     *
     * @throws PrivateFile.NotPrivate where others may use the file
     */
    public static String password(Path file) throws IOException {
        if (!Files.exists(file)) {
            PrivateFile.write(
                    file,
                    Base64.getUrlEncoder().withoutPadding().encode(randomBytes(PASSWORD_BYTES)));
        }
        return new String(PrivateFile.read(file), StandardCharsets.US_ASCII);
    }

    /** Makes sure that the file holds this many random bytes. */
    public static void ensureBytes(Path file, int length) throws IOException {
        if (!Files.exists(file)) {
            PrivateFile.write(file, randomBytes(length));
        }
    }

    private static byte[] randomBytes(int length) {
        byte[] bytes = new byte[length];
        RANDOM.nextBytes(bytes);
        return bytes;
    }
}
