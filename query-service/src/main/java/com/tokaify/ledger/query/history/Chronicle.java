package com.tokaify.ledger.query.history;

import com.tokaify.ledger.events.RecordedEvent;
import com.tokaify.ledger.events.id.StreamId;
import com.tokaify.ledger.query.past.AsOf;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Tells the history of a stream page by page, with what each event changed. The work for a page is
 * bounded, whatever is filtered out between its events: where they lie too far apart it ends early.
 * Callers ask within a transaction.
 */
final class Chronicle {
    /**
     * Spans between two checkpoints that a page may fold, each at most {@link Checkpoints#EVERY}.
     */
    private static final int MOST_SPANS = 20;

    private final TimeTravel timeTravel;
    private final StreamTable streams;

    Chronicle(TimeTravel timeTravel, StreamTable streams) {
        this.timeTravel = timeTravel;
        this.streams = streams;
    }

    /** Empty where there is no such stream. */
    Optional<HistoryPage> page(StreamId stream, HistoryQuery query) {
        return timeTravel.last(stream).map(last -> page(stream, query, last));
    }

    private HistoryPage page(StreamId stream, HistoryQuery query, long last) {
        List<Long> found = find(stream, query, last);
        List<Long> told = withinBounds(found, query.limit());
        boolean newestFirst = query.order() == HistoryQuery.Order.NEWEST;
        List<HistoryItem> items = items(stream, new TreeSet<>(told));
        return new HistoryPage(
                newestFirst ? items.reversed() : items,
                told.size() == found.size()
                        ? null
                        : new HistoryCursor(told.getLast(), query.order()).toString(),
                timeTravel.keptSince().orElse(null));
    }

    /** The sequences asked for, in the order asked for; one more than fit on the page, if any. */
    private List<Long> find(StreamId stream, HistoryQuery query, long last) {
        boolean newestFirst = query.order() == HistoryQuery.Order.NEWEST;
        long low = Math.max(timeTravel.first(stream), first(stream, query.from()));
        long high = Math.min(last, last(stream, query.to(), last));
        if (query.after() != null) {
            long after = query.after().sequence();
            low = newestFirst ? low : Math.max(low, after + 1);
            high = newestFirst ? Math.min(high, after - 1) : high;
        }
        int wanted = query.limit() + 1;
        if (query.types() != null) {
            return streams.ofTypes(stream, query.types(), low, high, newestFirst, wanted);
        }
        LongStream sequences =
                newestFirst
                        ? LongStream.rangeClosed(Math.max(low, high - query.limit()), high)
                        : LongStream.rangeClosed(low, Math.min(high, low + query.limit()));
        List<Long> ascending = sequences.boxed().toList();
        return newestFirst ? ascending.reversed() : ascending;
    }

    private long first(StreamId stream, @Nullable AsOf from) {
        return switch (from) {
            case null -> 0;
            case AsOf.After(long sequence) -> sequence;
            // The first that was not in effect just before.
            case AsOf.At(var instant) ->
                    timeTravel.lastInEffect(stream, instant.minusNanos(1_000)) + 1;
        };
    }

    private long last(StreamId stream, @Nullable AsOf to, long last) {
        return switch (to) {
            case null -> last;
            case AsOf.After(long sequence) -> sequence;
            case AsOf.At(var instant) -> timeTravel.lastInEffect(stream, instant);
        };
    }

    private static List<Long> withinBounds(List<Long> found, int limit) {
        Set<Long> spans = new HashSet<>();
        List<Long> within = new ArrayList<>();
        for (long sequence : found) {
            spans.add(sequence / Checkpoints.EVERY);
            if (within.size() == limit || spans.size() > MOST_SPANS) {
                return within;
            }
            within.add(sequence);
        }
        return within;
    }

    /** In the order of the stream. */
    private List<HistoryItem> items(StreamId stream, NavigableSet<Long> sequences) {
        List<HistoryItem> items = new ArrayList<>();
        @Nullable Fold fold = null;
        for (NavigableSet<Long> span : spans(sequences)) {
            if (fold == null || fold.sequence() != span.first() - 1) {
                fold = timeTravel.foldUpTo(stream, span.first() - 1);
            }
            for (RecordedEvent event : streams.between(stream, span.first(), span.last())) {
                Fold after = Fold.next(fold, event);
                if (span.contains(event.sequence())) {
                    items.add(HistoryItem.of(event, Difference.between(fold, after)));
                }
                fold = after;
            }
        }
        return items;
    }

    private static Collection<NavigableSet<Long>> spans(NavigableSet<Long> sequences) {
        return sequences.stream()
                .collect(
                        Collectors.groupingBy(
                                sequence -> sequence / Checkpoints.EVERY,
                                TreeMap::new,
                                Collectors.<Long, NavigableSet<Long>>toCollection(TreeSet::new)))
                .values();
    }
}
