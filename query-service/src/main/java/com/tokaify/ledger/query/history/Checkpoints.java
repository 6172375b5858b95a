package com.tokaify.ledger.query.history;

import com.tokaify.ledger.events.RecordedEvent;
import com.tokaify.ledger.events.id.CatalogId;
import com.tokaify.ledger.events.id.StreamId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes a checkpoint after every thousandth event of a stream, whatever batches they come in. The
 * events in between are read again for it, each once: most streams never come to a thousand, and
 * keeping all of them folded would be a second view of everything.
 */
final class Checkpoints {
    /** Events between two checkpoints of a stream, and so the most that a question folds. */
    static final int EVERY = 1000;

    private final CheckpointTable checkpoints;
    private final StreamTable streams;

    Checkpoints(CheckpointTable checkpoints, StreamTable streams) {
        this.checkpoints = checkpoints;
        this.streams = streams;
    }

    /** After these events, which are in the table. */
    void after(List<RecordedEvent> events) {
        Map<StreamId, Long> due = new HashMap<>();
        for (RecordedEvent event : events) {
            if (isDue(event.sequence()) && !(event.stream() instanceof CatalogId)) {
                due.merge(event.stream(), event.sequence(), Math::max);
            }
        }
        due.forEach(this::fold);
    }

    private void fold(StreamId stream, long last) {
        @Nullable Fold fold = checkpoints.upTo(stream, last).orElse(null);
        while (fold == null || fold.sequence() < last) {
            long first = fold == null ? 0 : fold.sequence() + 1;
            fold = fold(stream, fold, Math.min(last, nextDue(first)));
            checkpoints.save(stream, fold);
        }
    }

    /** The stream's state after the event {@code last}, from what is known of it before. */
    Fold fold(StreamId stream, @Nullable Fold known, long last) {
        long first = known == null ? 0 : known.sequence() + 1;
        @Nullable Fold fold = known;
        for (RecordedEvent event : streams.between(stream, first, last)) {
            fold = Fold.next(fold, event);
        }
        if (fold == null || fold.sequence() != last) {
            throw new IllegalStateException(
                    "events %d to %d of %s are not all there".formatted(first, last, stream));
        }
        return fold;
    }

    private static boolean isDue(long sequence) {
        return (sequence + 1) % EVERY == 0;
    }

    private static long nextDue(long sequence) {
        return sequence + EVERY - 1 - sequence % EVERY;
    }
}
