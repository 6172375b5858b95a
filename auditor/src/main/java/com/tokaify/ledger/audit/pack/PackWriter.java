package com.tokaify.ledger.audit.pack;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.tokaify.ledger.audit.core.Checkpoint;
import com.tokaify.ledger.audit.core.Entry;
import com.tokaify.ledger.audit.core.Hash;
import com.tokaify.ledger.audit.core.LoggedEvent;
import com.tokaify.ledger.audit.core.Nodes;
import com.tokaify.ledger.audit.core.Note;
import com.tokaify.ledger.audit.core.Proofs;
import com.tokaify.ledger.audit.core.TlogProof;
import com.tokaify.ledger.audit.core.VerifierKey;
import com.tokaify.ledger.audit.report.Progress;
import com.tokaify.ledger.audit.seal.Cursor;
import com.tokaify.ledger.audit.seal.SealLog;
import com.tokaify.ledger.audit.seal.SealedRun;
import com.tokaify.ledger.audit.source.SourceFailed;
import com.tokaify.ledger.audit.source.StoreSource;
import com.tokaify.ledger.audit.tile.LogTiles;
import com.tokaify.ledger.audit.tile.TileNodes;
import com.tokaify.ledger.audit.tile.TilePath;
import com.tokaify.ledger.audit.tile.Tiles;
import com.tokaify.ledger.events.codec.StrictJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Writes evidence packs. An event that is not the one that was sealed has no proof, so of a ledger
 * that was tampered with there is no pack: it is refused, and {@code verify} tells more.
 */
public final class PackWriter {
    private final StoreSource store;
    private final SealLog log;
    private final Note note;
    private final Checkpoint checkpoint;
    private final VerifierKey key;
    private final @Nullable Checkpoint kept;
    private final Instant now;

    /**
     * @param note the checkpoint the pack rests on, with all who signed it
     * @param kept an older one the reader has, to be shown that the log continues it
     */
    public PackWriter(
            StoreSource store,
            SealLog log,
            Note note,
            VerifierKey key,
            @Nullable Checkpoint kept,
            Instant now) {
        this.store = store;
        this.log = log;
        this.note = note;
        this.checkpoint = Checkpoint.parse(note.text());
        this.key = key;
        this.kept = kept;
        this.now = now;
    }

    /** What came of it. */
    public record Written(long events, long tooNew, long size) {}

    /**
     * Streams, each event with its proof.
     *
     * @param scope the token or account they are of
     */
    public Written streams(Path file, String scope, List<String> streams) {
        SealedEvents found = SealedEvents.of(streams, store, log, checkpoint.size());
        Set<Long> wanted = new TreeSet<>();
        found.byStream().values().forEach(each -> each.forEach(one -> wanted.add(one.index())));
        Nodes nodes = nodes(wanted);
        return write(
                file,
                scope,
                zip -> {
                    begin(zip, nodes);
                    long events = 0;
                    for (Map.Entry<String, List<Sealed>> each : found.byStream().entrySet()) {
                        stream(zip, each.getKey(), each.getValue(), nodes);
                        events += each.getValue().size();
                    }
                    return new Written(events, found.unsealed(), checkpoint.size());
                });
    }

    /** The whole log, entry by entry: all of it needs no proof of its parts. */
    public Written everything(Path file, Progress progress) {
        Nodes nodes = nodes(Set.of());
        return write(
                file,
                Manifest.EVERYTHING,
                zip -> {
                    begin(zip, nodes);
                    entries(zip, progress);
                    return new Written(checkpoint.size(), 0, checkpoint.size());
                });
    }

    private Nodes nodes(Set<Long> wanted) {
        if (kept != null && kept.size() > checkpoint.size()) {
            throw new SourceFailed(
                    "the checkpoint that was kept is of %d leaves, the one to prove by of %d"
                            .formatted(kept.size(), checkpoint.size()));
        }
        Set<Long> leaves = new TreeSet<>(wanted);
        if (kept != null && kept.size() > 0) {
            leaves.add(kept.size() - 1); // at its edge the consistency proof goes down to leaves
        }
        Nodes nodes = new TileNodes(LogTiles.read(log, checkpoint.size(), leaves));
        byte[] root = Proofs.root(nodes, 0, checkpoint.size());
        if (!Arrays.equals(root, checkpoint.root())) {
            throw new SourceFailed(
                    "the checkpoint of %d leaves does not sign them; verify tells more"
                            .formatted(checkpoint.size()));
        }
        return nodes;
    }

    private void begin(ZipOutputStream zip, Nodes nodes) throws IOException {
        put(zip, PackFiles.README, readme());
        put(zip, PackFiles.CHECKPOINT, note.toString().getBytes(UTF_8));
        put(zip, PackFiles.KEY, (key + "\n").getBytes(UTF_8));
        if (kept != null && kept.size() > 0) {
            StringBuilder proof = new StringBuilder();
            for (byte[] hash : Proofs.consistency(nodes, kept.size(), checkpoint.size())) {
                proof.append(Hash.text(hash)).append('\n');
            }
            put(zip, PackFiles.consistency(kept.size()), proof.toString().getBytes(UTF_8));
        }
    }

    private void stream(ZipOutputStream zip, String stream, List<Sealed> events, Nodes nodes)
            throws IOException {
        ByteArrayOutputStream entries = new ByteArrayOutputStream();
        byte @Nullable [] previous = null;
        for (Sealed each : events) {
            byte[] entry = sealed(each.event(), previous, each.leaf());
            Bundle.add(entries, entry);
            previous = each.leaf();
        }
        put(zip, PackFiles.events(stream), entries.toByteArray());
        for (Sealed each : events) {
            List<byte[]> path = Proofs.inclusion(nodes, each.index(), checkpoint.size());
            TlogProof proof = new TlogProof(each.index(), path, note);
            put(
                    zip,
                    PackFiles.proof(stream, each.event().sequence()),
                    proof.toString().getBytes(UTF_8));
        }
    }

    private void entries(ZipOutputStream zip, Progress progress) throws IOException {
        Map<String, byte[]> last = new HashMap<>();
        BundleFiles bundles = new BundleFiles(zip);
        try (Cursor<SealedRun> runs = log.runs()) {
            SealedRun run = runs.next();
            while (run != null && run.firstLeaf() < checkpoint.size()) {
                SealedRun current = run;
                long size = Math.min(run.count(), checkpoint.size() - run.firstLeaf());
                store.read(
                        run.partition(),
                        run.firstPseq() - 1,
                        run.firstPseq() + size - 1,
                        event -> {
                            byte[] leaf = current.hash((int) (event.pseq() - current.firstPseq()));
                            bundles.add(sealed(event, last.put(event.stream(), leaf), leaf));
                        });
                progress.add(size);
                run = runs.next();
            }
        }
        bundles.end(checkpoint.size());
    }

    /** The entry of an event, if it is what was sealed. */
    private static byte[] sealed(LoggedEvent event, byte @Nullable [] previous, byte[] leaf) {
        byte[] entry = Entry.bytes(event, previous);
        if (!Arrays.equals(Hash.leaf(entry), leaf)) {
            throw new SourceFailed(
                    "%s at %d:%d is not what was sealed; verify tells more"
                            .formatted(event.id(), event.partition(), event.pseq()));
        }
        return entry;
    }

    @FunctionalInterface
    private interface Content {
        Written writeTo(ZipOutputStream zip) throws IOException;
    }

    /** Beside the file first: half a pack must not pass for one. */
    private Written write(Path file, String scope, Content content) {
        Path fresh = file.resolveSibling(file.getFileName() + ".part");
        try {
            Written written;
            try (OutputStream out = Files.newOutputStream(fresh);
                    ZipOutputStream zip = new ZipOutputStream(out, UTF_8)) {
                written = content.writeTo(zip);
                Manifest manifest =
                        new Manifest(
                                Manifest.FORMAT,
                                scope,
                                store.partitions(),
                                written.events(),
                                written.size(),
                                now.toString());
                put(zip, PackFiles.MANIFEST, StrictJson.MAPPER.writeValueAsBytes(manifest));
            }
            Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
            return written;
        } catch (IOException e) {
            throw new SourceFailed("cannot write " + file + ": " + e.getMessage(), e);
        }
    }

    static void put(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setTime(0); // two packs of the same evidence are the same but for the manifest
        zip.putNextEntry(entry);
        zip.write(bytes);
        zip.closeEntry();
    }

    private static byte[] readme() throws IOException {
        try (InputStream text =
                Objects.requireNonNull(PackWriter.class.getResourceAsStream("README.txt"))) {
            return text.readAllBytes();
        }
    }

    /** Entries in the order of leaves, 256 to a file. */
    private static final class BundleFiles {
        private final ZipOutputStream zip;
        private final ByteArrayOutputStream open = new ByteArrayOutputStream();
        private long entries;

        BundleFiles(ZipOutputStream zip) {
            this.zip = zip;
        }

        void add(byte[] entry) {
            Bundle.add(open, entry);
            entries++;
            if (entries % Tiles.WIDTH == 0) {
                flush(Tiles.WIDTH);
            }
        }

        void end(long expected) {
            int rest = (int) (entries % Tiles.WIDTH);
            if (rest > 0) {
                flush(rest);
            }
            if (entries != expected) {
                throw new SourceFailed(
                        "%d leaves are sealed and %d events are there; verify tells more"
                                .formatted(expected, entries));
            }
        }

        private void flush(int width) {
            try {
                put(zip, TilePath.entries((entries - 1) / Tiles.WIDTH, width), open.toByteArray());
                open.reset();
            } catch (IOException e) {
                throw new SourceFailed("cannot write the pack: " + e.getMessage(), e);
            }
        }
    }
}
