package com.tokaify.ledger.enforcement.view;

import com.tokaify.ledger.events.secret.WholeFile;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The snapshots of this instance's view on local disk, so that a restart reads only what has
 * happened since. They hold lookup keys and never a secret; still only their owner may read them.
 * Losing them costs time and nothing else.
 *
 * <p>Under its name there is a whole one or none. The newest two are kept: should one not be
 * readable, there is the other. One thread at a time.
 */
public final class SnapshotFolder {
    private static final Logger LOG = LoggerFactory.getLogger(SnapshotFolder.class);
    private static final String PREFIX = "view-";
    private static final String SUFFIX = ".snapshot";
    private static final String NAME = PREFIX + "%019d" + SUFFIX;
    private static final Pattern NAME_TEXT = Pattern.compile("view-\\d{19}\\.snapshot");
    private static final int KEPT = 2;
    private static final int BUFFER_BYTES = 1 << 16;

    private final Path folder;

    public SnapshotFolder(Path folder) {
        this.folder = folder;
    }

    /** The newest that is whole; each one that is not is refused with a line in the log. */
    public Optional<ViewSnapshot> newest(int partitions) {
        try {
            for (Path file : newestFirst()) {
                try (InputStream in =
                        new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES)) {
                    return Optional.of(SnapshotReader.read(in, partitions));
                } catch (IOException | SnapshotRefused e) {
                    LOG.warn("the snapshot {} is not used: {}", file, e.getMessage());
                }
            }
        } catch (IOException e) {
            LOG.warn("no snapshot is used: {}", e.toString());
        }
        return Optional.empty();
    }

    /**
     * @param anchors where each partition was when the cut was taken
     */
    public Path write(ViewCut cut, List<Anchor> anchors) throws IOException {
        Files.createDirectories(folder);
        List<Path> before = newestFirst();
        long number = before.isEmpty() ? 1 : numberOf(before.getFirst()) + 1;
        Path file = folder.resolve(NAME.formatted(number));
        WholeFile.write(
                file,
                WholeFile.Readers.OWNER,
                channel -> SnapshotWriter.write(cut, anchors, channel));
        for (Path old : before.subList(Math.min(KEPT - 1, before.size()), before.size())) {
            Files.delete(old);
        }
        return file;
    }

    private List<Path> newestFirst() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> found =
                Files.newDirectoryStream(
                        folder, file -> NAME_TEXT.matcher(nameOf(file)).matches())) {
            found.forEach(files::add);
        }
        files.sort(Comparator.comparing(SnapshotFolder::nameOf).reversed());
        return files;
    }

    private static String nameOf(Path file) {
        return String.valueOf(file.getFileName());
    }

    private static long numberOf(Path file) {
        String name = nameOf(file);
        return Long.parseLong(name.substring(PREFIX.length(), name.length() - SUFFIX.length()));
    }
}
