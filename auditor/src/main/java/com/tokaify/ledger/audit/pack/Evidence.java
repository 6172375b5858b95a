package com.tokaify.ledger.audit.pack;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.tokaify.ledger.audit.core.Checkpoint;
import com.tokaify.ledger.audit.core.Entry;
import com.tokaify.ledger.audit.core.LoggedEvent;
import com.tokaify.ledger.audit.core.Malformed;
import com.tokaify.ledger.audit.core.Note;
import com.tokaify.ledger.audit.source.EventSource;
import com.tokaify.ledger.audit.source.SourceFailed;
import com.tokaify.ledger.audit.tile.TilePath;
import com.tokaify.ledger.audit.tile.Tiles;
import com.tokaify.ledger.events.codec.StrictJson;
import com.tokaify.ledger.events.codec.UnreadableEvent;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * An evidence pack as it lies in a file. As a source of events it takes as much memory as it is
 * large, and believes what it reads: {@link PackCheck} does not.
 */
public final class Evidence implements EventSource {
    private final Path file;
    private final ZipFile zip;
    private final Manifest manifest;
    private @Nullable Map<Integer, List<LoggedEvent>> events;

    private Evidence(Path file, ZipFile zip) {
        this.file = file;
        this.zip = zip;
        this.manifest =
                StrictJson.read(
                        StrictJson.MAPPER.readerFor(Manifest.class),
                        Manifest.class,
                        needed(PackFiles.MANIFEST),
                        PackFiles.MANIFEST);
        if (!manifest.format().equals(Manifest.FORMAT)) {
            throw new SourceFailed(file + " is of another format: " + manifest.format());
        }
    }

    /**
     * @throws SourceFailed where it is no pack
     */
    public static Evidence open(Path file) {
        try {
            return new Evidence(file, new ZipFile(file.toFile(), UTF_8));
        } catch (ZipException | UnreadableEvent e) {
            throw new SourceFailed(file + " is no evidence pack: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new SourceFailed("cannot read " + file, e);
        }
    }

    public Manifest manifest() {
        return manifest;
    }

    /** By what is in it, not by what it says of itself. */
    public boolean isOfEverything() {
        return zip.stream().anyMatch(entry -> entry.getName().startsWith(TilePath.ENTRIES));
    }

    /** What it is of; of a part, what it says it is of. */
    public String scope() {
        return isOfEverything() ? Manifest.EVERYTHING : manifest.scope();
    }

    /**
     * How many leaves the log of its checkpoint has.
     *
     * @throws Malformed where there is no such checkpoint
     */
    public long size() {
        return Checkpoint.parse(Note.parse(text(PackFiles.CHECKPOINT)).text()).size();
    }

    String text(String name) {
        return new String(needed(name), UTF_8);
    }

    Optional<String> textIfThere(String name) {
        return bytes(name).map(bytes -> new String(bytes, UTF_8));
    }

    /** The streams it has, by their names. */
    public List<String> streams() {
        return zip.stream()
                .map(ZipEntry::getName)
                .filter(name -> name.startsWith(PackFiles.EVENTS))
                .filter(name -> name.endsWith(PackFiles.ENTRIES))
                .map(name ->
                        name.substring(
                                PackFiles.EVENTS.length(),
                                name.length() - PackFiles.ENTRIES.length()))
                .sorted()
                .toList();
    }

    /** The entries of a stream, in their order. */
    List<byte[]> entries(String stream) {
        return Bundle.entries(needed(PackFiles.events(stream)));
    }

    /** Whichever of a log's bundles of entries it is. */
    List<byte[]> entries(long bundle, int width) {
        return Bundle.entries(needed(TilePath.entries(bundle, width)));
    }

    private byte[] needed(String name) {
        return bytes(name).orElseThrow(() -> new SourceFailed(file + " lacks its file " + name));
    }

    private Optional<byte[]> bytes(String name) {
        ZipEntry entry = zip.getEntry(name);
        if (entry == null) {
            return Optional.empty();
        }
        try (InputStream content = zip.getInputStream(entry)) {
            return Optional.of(content.readAllBytes());
        } catch (IOException e) {
            throw new SourceFailed(file + " is damaged at " + name + ": " + e.getMessage(), e);
        }
    }

    @Override
    public String name() {
        return file.toString();
    }

    @Override
    public int partitions() {
        return manifest.partitions();
    }

    /** Of a part of a ledger there are parts of partitions, which is no loss. */
    @Override
    public long end(int partition) {
        List<LoggedEvent> here = events().getOrDefault(partition, List.of());
        return here.isEmpty() ? 0 : here.getLast().pseq();
    }

    @Override
    public void read(int partition, long after, Sink sink) {
        events().getOrDefault(partition, List.of()).stream()
                .filter(event -> event.pseq() > after)
                .forEach(sink::accept);
    }

    @Override
    public void readStream(String stream, Sink sink) {
        events().values().stream()
                .flatMap(List::stream)
                .filter(event -> event.stream().equals(stream))
                .sorted(Comparator.comparingLong(LoggedEvent::sequence))
                .forEach(sink::accept);
    }

    private synchronized Map<Integer, List<LoggedEvent>> events() {
        Map<Integer, List<LoggedEvent>> known = events;
        if (known == null) {
            known = new HashMap<>();
            try {
                if (isOfEverything()) {
                    long size = size();
                    for (long from = 0; from < size; from += Tiles.WIDTH) {
                        int width = (int) Math.min(Tiles.WIDTH, size - from);
                        collect(entries(from / Tiles.WIDTH, width), known);
                    }
                } else {
                    for (String stream : streams()) {
                        collect(entries(stream), known);
                    }
                }
            } catch (Malformed e) {
                throw new SourceFailed(file + " cannot be read: " + e.getMessage(), e);
            }
            known.values().forEach(each -> each.sort(Comparator.comparingLong(LoggedEvent::pseq)));
            events = known;
        }
        return known;
    }

    private static void collect(List<byte[]> entries, Map<Integer, List<LoggedEvent>> events) {
        for (byte[] entry : entries) {
            LoggedEvent event = Entry.parse(entry).event();
            events.computeIfAbsent(event.partition(), _ -> new ArrayList<>()).add(event);
        }
    }

    @Override
    public void close() {
        try {
            zip.close();
        } catch (IOException e) {
            throw new SourceFailed("cannot close " + file, e);
        }
    }
}
