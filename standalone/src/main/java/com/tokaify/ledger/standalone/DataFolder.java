package com.tokaify.ledger.standalone;

import com.tokaify.ledger.local.FileTrees;
import com.tokaify.ledger.local.LocalFolder;
import com.tokaify.ledger.local.Orphans;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;

/**
 * The folder of one ledger, held by one {@code up} at a time. A marker file tells that a folder is
 * a ledger's: nothing is ever written into or wiped from a folder without it, but an empty one. The
 * system takes the lock back when its holder is killed.
 */
final class DataFolder implements AutoCloseable {
    private static final String MARKER = "tokaify-ledger";
    private static final String LOCK = "lock";
    private static final Duration ORPHAN_GRACE = Duration.ofSeconds(30);

    private final Path root;
    private final FileChannel lockFile;

    private DataFolder(Path root, FileChannel lockFile) {
        this.root = root;
        this.lockFile = lockFile;
    }

    /**
     * Takes the folder for this process.
     *
     * @throws Refusal where it is not a ledger's, or another process has it
     */
    static DataFolder take(Path root) throws IOException {
        if (Files.exists(root) && !Files.isDirectory(root)) {
            throw new Refusal(root + " is not a folder");
        }
        Path marker = root.resolve(MARKER);
        if (!Files.exists(marker)) {
            if (Files.exists(root) && !isEmpty(root)) {
                throw new Refusal(
                        root
                                + " holds something else than a ledger; choose an empty or new"
                                + " folder with --data");
            }
            Files.createDirectories(root);
            Files.writeString(marker, "The data of a Tokaify token ledger.\n");
        }
        FileChannel lockFile =
                FileChannel.open(
                        root.resolve(LOCK),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE);
        if (!locked(lockFile)) {
            String holder = Files.readString(root.resolve(LOCK)).strip();
            lockFile.close();
            throw new Refusal(root + " is in use: a ledger runs on it already, process " + holder);
        }
        lockFile.truncate(0);
        lockFile.write(
                ByteBuffer.wrap(
                        Long.toString(ProcessHandle.current().pid())
                                .getBytes(StandardCharsets.US_ASCII)));
        return new DataFolder(root, lockFile);
    }

    private static boolean locked(FileChannel lockFile) throws IOException {
        try {
            FileLock lock = lockFile.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException heldByThisProcess) {
            return false;
        }
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            return !entries.iterator().hasNext();
        }
    }

    /** Stops what a killed {@code up} has left running, and tells their names. */
    List<String> stopOrphans() throws IOException, InterruptedException {
        return Orphans.stop(open(), ORPHAN_GRACE);
    }

    /** Deletes everything but what makes it a ledger's folder. */
    void wipe() throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(root)) {
            for (Path entry : entries) {
                String name = entry.getFileName().toString();
                if (!name.equals(MARKER) && !name.equals(LOCK)) {
                    FileTrees.delete(entry);
                }
            }
        }
    }

    LocalFolder open() throws IOException {
        return LocalFolder.at(root);
    }

    /** Gives the folder back. */
    @Override
    public void close() throws IOException {
        lockFile.close();
    }
}
