package com.tokaify.ledger.enforcement.stream;

import com.tokaify.ledger.enforcement.view.Anchor;
import com.tokaify.ledger.enforcement.view.LocalView;
import com.tokaify.ledger.enforcement.view.SnapshotFolder;
import com.tokaify.ledger.enforcement.view.ViewCut;
import com.tokaify.ledger.enforcement.view.ViewSnapshot;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * When the view is written down. The reader calls between two polls, on its own thread; the cut is
 * taken there and written by a thread of its own, one at a time, so that folding waits for the
 * copying of references and never for a disk. A snapshot that cannot be written is a line in the
 * log: the next one may.
 */
public final class Snapshots {
    private static final Logger LOG = LoggerFactory.getLogger(Snapshots.class);

    private final @Nullable SnapshotFolder folder;
    private final long everyNanos;
    private final ExecutorService writer =
            Executors.newSingleThreadExecutor(
                    Thread.ofPlatform().daemon().name("ledger-view-snapshot").factory());
    private @Nullable Future<?> running;
    private long takenAtNanos = System.nanoTime();
    private volatile long eventsWritten;

    /**
     * @param folder none is no snapshots
     */
    public Snapshots(@Nullable Path folder, Duration every) {
        this.folder = folder == null ? null : new SnapshotFolder(folder);
        this.everyNanos = every.toNanos();
    }

    /** For instances that read the whole history at every start. */
    public static Snapshots none() {
        return new Snapshots(null, Duration.ofDays(1));
    }

    Optional<ViewSnapshot> newest(int partitions) {
        return folder == null ? Optional.empty() : folder.newest(partitions);
    }

    /** How many events the last snapshot holds that was written or read; 0 where there is none. */
    public long eventsWritten() {
        return eventsWritten;
    }

    /** The view is what a snapshot says, so that one need not be written before it changes. */
    void restored(LocalView view) {
        eventsWritten = view.eventsApplied();
    }

    /** Begins one where it is time, something has happened, and none is being written. */
    void perhaps(LocalView view, List<Anchor> anchors) {
        long now = System.nanoTime();
        if (folder == null
                || now - takenAtNanos < everyNanos
                || view.eventsApplied() == eventsWritten
                || (running != null && !running.isDone())) {
            return;
        }
        takenAtNanos = now;
        SnapshotFolder to = folder;
        ViewCut cut = view.cut();
        long events = view.eventsApplied();
        List<Anchor> where = List.copyOf(anchors);
        running = writer.submit(() -> write(to, cut, where, events));
    }

    /** The last one, before the service ends: behind one that is under way. */
    void last(LocalView view, List<Anchor> anchors) {
        writer.close();
        if (folder != null && view.eventsApplied() != eventsWritten) {
            write(folder, view.cut(), anchors, view.eventsApplied());
        }
    }

    private void write(SnapshotFolder to, ViewCut cut, List<Anchor> anchors, long events) {
        try {
            long begun = System.nanoTime();
            Path file = to.write(cut, anchors);
            eventsWritten = events;
            LOG.info(
                    "wrote {} tokens as of {} events to {} in {} ms",
                    cut.tokens().size(),
                    events,
                    file,
                    Duration.ofNanos(System.nanoTime() - begun).toMillis());
        } catch (IOException | RuntimeException e) {
            LOG.warn("the view could not be written to disk; it will be tried again", e);
        }
    }
}
