package com.tokaify.ledger.events.secret;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Files of keys and passwords: their owner's alone from the first byte on, whatever the umask, and
 * whole or not there at all. What others may read or change is no secret and is not used as one.
 */
public final class PrivateFile {
    private PrivateFile() {}

    /** Others than its owner may use a file that is to be kept from them. */
    public static final class NotPrivate extends IOException {
        private static final long serialVersionUID = 1L;

        private NotPrivate(Path file) {
            super(file + " may be used by others than its owner; set its mode to 0600.");
        }
    }

    /**
     * What the file holds. One that its owner may only read is as good: secrets are often mounted
     * so.
     *
     * @throws NoSuchFileException where it is missing
     * @throws NotPrivate where others may use it, whatever for
     */
    public static byte[] read(Path file) throws IOException {
        if (!WholeFile.Readers.OWNER.mode().containsAll(Files.getPosixFilePermissions(file))) {
            throw new NotPrivate(file);
        }
        return Files.readAllBytes(file);
    }

    /** Makes the file, or replaces all of it at once, as a {@link WholeFile}. */
    public static void write(Path file, byte[] content) throws IOException {
        WholeFile.write(file, WholeFile.Readers.OWNER, content);
    }
}
