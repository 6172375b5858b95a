package com.tokaify.ledger.events.secret;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Writes files that are whole or not there at all, and that from their first byte on nobody may
 * read but whom they are for, whatever lay there before.
 *
 * <p>What was written is on disk, its name included, before anything relies on it: a key that goes
 * with the power would take with it what it has encrypted. One writer of a file at a time.
 */
public final class WholeFile {
    private WholeFile() {}

    /** Who may read a file that its owner may write. */
    public enum Readers {
        OWNER("rw-------"),
        EVERYBODY("rw-r--r--");

        private final String mode;

        Readers(String mode) {
            this.mode = mode;
        }

        Set<PosixFilePermission> mode() {
            return PosixFilePermissions.fromString(mode);
        }
    }

    /** What a file is to hold. */
    @FunctionalInterface
    public interface Content {
        void writeTo(FileChannel channel) throws IOException;
    }

    /** Makes the file, or replaces all of it at once. */
    public static void write(Path file, Readers readers, byte[] content) throws IOException {
        write(
                file,
                readers,
                channel -> {
                    ByteBuffer rest = ByteBuffer.wrap(content);
                    while (rest.hasRemaining()) {
                        channel.write(rest);
                    }
                });
    }

    /** The same of more than one would hold in memory. */
    public static void write(Path file, Readers readers, Content content) throws IOException {
        Path unfinished = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(unfinished);
        try (FileChannel channel =
                FileChannel.open(
                        unfinished,
                        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                        PosixFilePermissions.asFileAttribute(readers.mode()))) {
            content.writeTo(channel);
            channel.force(true);
        }
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel folder =
                FileChannel.open(file.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
            folder.force(true);
        }
    }
}
