package com.tokaify.ledger.events.secret;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Files of keys and passwords: their owner's alone from the first byte on, whatever the umask, and
 * whole or not there at all. What others may read or change is no secret and is not used as one.
 *
 * <p>What was written is on disk, its name included, before anything relies on it: a key that goes
 * with the power would take with it what it has encrypted. One writer of a file at a time.
 */
public final class PrivateFile {
    private static final Set<PosixFilePermission> OWNER_ONLY =
            PosixFilePermissions.fromString("rw-------");

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
        if (!OWNER_ONLY.containsAll(Files.getPosixFilePermissions(file))) {
            throw new NotPrivate(file);
        }
        return Files.readAllBytes(file);
    }

    /** Makes the file, or replaces all of it at once. */
    public static void write(Path file, byte[] content) throws IOException {
        Path unfinished = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(unfinished);
        try (FileChannel channel =
                FileChannel.open(
                        unfinished,
                        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                        PosixFilePermissions.asFileAttribute(OWNER_ONLY))) {
            ByteBuffer rest = ByteBuffer.wrap(content);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
            channel.force(true);
        }
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel folder =
                FileChannel.open(file.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
            folder.force(true);
        }
    }
}
