package com.tokaify.ledger.query.history;

import com.tokaify.ledger.events.RecordedEvent;
import com.tokaify.ledger.events.id.StreamId;
import com.tokaify.ledger.query.past.AsOf;
import com.tokaify.ledger.query.past.Past;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a stream was at any moment: the checkpoint before it, and at most {@link Checkpoints#EVERY}
 * events behind that. Several questions to the database, which must see one state of it: callers
 * ask within a transaction.
 */
final class TimeTravel {
    private final CheckpointTable checkpoints;
    private final StreamTable streams;
    private final Checkpoints folding;
    private final KeptTable kept;

    TimeTravel(
            CheckpointTable checkpoints, StreamTable streams, Checkpoints folding, KeptTable kept) {
        this.checkpoints = checkpoints;
        this.streams = streams;
        this.folding = folding;
        this.kept = kept;
    }

    Past<Fold> at(StreamId stream, AsOf asOf) {
        return switch (asOf) {
            case AsOf.At(Instant instant) -> at(stream, instant);
            case AsOf.After(long sequence) -> after(stream, sequence);
        };
    }

    private Past<Fold> at(StreamId stream, Instant instant) {
        Instant since = kept.since().orElse(AsOf.EARLIEST);
        if (instant.isBefore(since)) {
            return before(stream, since);
        }
        @Nullable Fold known = checkpoints.upTo(stream, instant).orElse(null);
        if (known == null && !hasBeginning(stream)) {
            return before(stream, since);
        }
        Optional<Long> last = lastInEffect(stream, known, instant);
        return last.isPresent()
                ? new Past.Known<>(fold(stream, known, last.get()), instant)
                : before(stream, since);
    }

    private Past<Fold> after(StreamId stream, long sequence) {
        Optional<Long> last = last(stream);
        if (last.isEmpty()) {
            return new Past.Unknown<>();
        }
        if (sequence > last.get()) {
            return new Past.Beyond<>(last.get());
        }
        Instant since = kept.since().orElse(AsOf.EARLIEST);
        @Nullable Fold known = checkpoints.upTo(stream, sequence).orElse(null);
        if (known == null && !hasBeginning(stream)) {
            return new Past.NotKept<>(since);
        }
        Fold fold = fold(stream, known, sequence);
        return fold.effectiveAt().isBefore(since)
                ? new Past.NotKept<>(since)
                : new Past.Known<>(fold, fold.effectiveAt());
    }

    /** Why there is nothing at an instant. */
    private Past<Fold> before(StreamId stream, Instant since) {
        List<RecordedEvent> first = streams.between(stream, 0, 0);
        if (!first.isEmpty()) {
            return new Past.NotYetCreated<>(first.getFirst().recordedAt());
        }
        return last(stream).isPresent() ? new Past.NotKept<>(since) : new Past.Unknown<>();
    }

    private boolean hasBeginning(StreamId stream) {
        return !streams.between(stream, 0, 0).isEmpty();
    }

    /** The first event of the stream that is kept. */
    long first(StreamId stream) {
        return hasBeginning(stream)
                ? 0
                : checkpoints.first(stream).map(fold -> fold.sequence() + 1).orElse(0L);
    }

    /** The last event in effect at an instant; -1 where none was or none of them is kept. */
    long lastInEffect(StreamId stream, Instant instant) {
        @Nullable Fold known = checkpoints.upTo(stream, instant).orElse(null);
        return known == null && !hasBeginning(stream)
                ? -1
                : lastInEffect(stream, known, instant).orElse(-1L);
    }

    Optional<Instant> keptSince() {
        return kept.since();
    }

    /** The last event of the stream, whether it is kept or not. */
    Optional<Long> last(StreamId stream) {
        return streams.last(stream)
                .or(() -> checkpoints.upTo(stream, Long.MAX_VALUE).map(Fold::sequence));
    }

    /** The last event that was in effect at the instant; empty where none was. */
    private Optional<Long> lastInEffect(StreamId stream, @Nullable Fold known, Instant instant) {
        long after = known == null ? -1 : known.sequence();
        Optional<Long> later = streams.firstLaterThan(stream, after, instant, Checkpoints.EVERY);
        return (later.isPresent() ? later.map(sequence -> sequence - 1) : last(stream))
                .filter(last -> last >= 0);
    }

    /** The state after the event {@code last}, which there is. */
    Fold fold(StreamId stream, @Nullable Fold known, long last) {
        return known != null && known.sequence() == last
                ? known
                : folding.fold(stream, known, last);
    }

    /** The state after an event that there is; null before the first. */
    @Nullable Fold foldUpTo(StreamId stream, long last) {
        return last < 0 ? null : fold(stream, checkpoints.upTo(stream, last).orElse(null), last);
    }
}
