package com.tokaify.ledger.query.history;

import com.tokaify.ledger.events.RecordedEvent;
import com.tokaify.ledger.events.id.CatalogId;
import com.tokaify.ledger.events.id.StreamId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes a checkpoint after every thousandth event of a stream, whatever batches they come in.
 * Streams that had events lately are kept folded in memory; of another one the events since its
 * last checkpoint are read again. One thread, the projection's, except for {@link #fold(StreamId,
 * Fold, long)}.
 *
 * <p>What is in memory cannot come to disagree with the table, whatever is rolled back or comes
 * twice: the fold up to a sequence is the same whenever it is made, and it is used only where the
 * event at hand is the one that follows.
 */
final class Checkpoints {
    /** Events between two checkpoints of a stream, and so the most that a question folds. */
    static final int EVERY = 1000;

    /** A thousand events are read again of those forgotten: some ten milliseconds, now and then. */
    private static final int MOST_IN_MEMORY = 20_000;

    private final CheckpointTable checkpoints;
    private final StreamTable streams;
    private final Map<StreamId, Fold> lately = new LastUsed<>(MOST_IN_MEMORY);

    Checkpoints(CheckpointTable checkpoints, StreamTable streams) {
        this.checkpoints = checkpoints;
        this.streams = streams;
    }

    /** After these events, which are in the table. */
    void after(List<RecordedEvent> events) {
        // Of streams a checkpoint is due of, and whose state is not in memory, the last event here.
        Map<StreamId, Long> unknown = new HashMap<>();
        for (RecordedEvent event : events) {
            if (event.stream() instanceof CatalogId) {
                continue;
            }
            @Nullable Fold fold = foldedBy(event);
            boolean due = isDue(event.sequence());
            if (fold == null && (due || unknown.containsKey(event.stream()))) {
                unknown.put(event.stream(), event.sequence());
            } else if (fold != null && due) {
                checkpoints.save(event.stream(), fold);
            }
        }
        unknown.forEach(this::fold);
    }

    /**
     * @return null where the stream's state before the event is not in memory
     */
    private @Nullable Fold foldedBy(RecordedEvent event) {
        @Nullable Fold before = lately.get(event.stream());
        if (event.sequence() == 0) {
            before = null;
        } else if (before == null || before.sequence() != event.sequence() - 1) {
            return null;
        }
        Fold after = Fold.next(before, event);
        lately.put(event.stream(), after);
        return after;
    }

    private void fold(StreamId stream, long last) {
        @Nullable Fold fold = checkpoints.upTo(stream, last).orElse(null);
        while (fold == null || fold.sequence() < last) {
            long first = fold == null ? 0 : fold.sequence() + 1;
            fold = fold(stream, fold, Math.min(last, nextDue(first)));
            if (isDue(fold.sequence())) {
                checkpoints.save(stream, fold);
            }
        }
        lately.put(stream, fold);
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
