package com.tokaify.ledger.audit.source;

import com.tokaify.ledger.audit.core.LoggedEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * A partition of a source, taken event by event by somebody who reads another one beside it. A
 * thread of its own reads ahead, by a few batches and no further.
 */
public final class ReadAhead implements AutoCloseable {
    private static final int BATCH = 512;
    private static final int BATCHES_AHEAD = 4;

    private final BlockingQueue<List<LoggedEvent>> batches =
            new ArrayBlockingQueue<>(BATCHES_AHEAD);
    private final Thread thread;
    private List<LoggedEvent> batch = List.of();
    private int at;
    private boolean ended;
    private volatile @Nullable RuntimeException failure;

    public ReadAhead(EventSource source, int partition) {
        this.thread =
                Thread.ofPlatform()
                        .daemon()
                        .name("read-ahead-" + partition)
                        .start(() -> read(source, partition));
    }

    /**
     * The event that is next, or null at the end.
     *
     * @throws SourceFailed where the source could not be read that far
     */
    public @Nullable LoggedEvent peek() {
        while (!ended && at == batch.size()) {
            batch = next();
            at = 0;
            // The reader's last batch is an empty one.
            ended = batch.isEmpty();
        }
        RuntimeException failed = failure;
        if (ended && failed != null) {
            throw failed;
        }
        return ended ? null : batch.get(at);
    }

    /** Goes on to the next one. */
    public void advance() {
        at++;
    }

    private List<LoggedEvent> next() {
        try {
            return batches.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SourceFailed("interrupted", e);
        }
    }

    private void read(EventSource source, int partition) {
        try {
            Batches out = new Batches();
            try {
                source.read(partition, 0, out);
                out.flush();
            } catch (RuntimeException e) {
                failure = e;
            }
            batches.put(List.of());
        } catch (InterruptedException _) {
            // Closed: nobody takes what would come.
        }
    }

    private final class Batches implements EventSource.Sink {
        private List<LoggedEvent> open = new ArrayList<>(BATCH);

        @Override
        public void accept(LoggedEvent event) {
            open.add(event);
            if (open.size() == BATCH) {
                flush();
            }
        }

        void flush() {
            if (open.isEmpty()) {
                return;
            }
            try {
                batches.put(open);
                open = new ArrayList<>(BATCH);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new SourceFailed("interrupted", e);
            }
        }
    }

    /** Ends the reading, wherever it is. */
    @Override
    public void close() {
        thread.interrupt();
    }
}
