package com.tokaify.ledger.audit.check;

import com.tokaify.ledger.audit.core.LoggedEvent;
import com.tokaify.ledger.audit.finding.Findings;
import com.tokaify.ledger.audit.fold.InEffect;
import com.tokaify.ledger.audit.fold.Ledger;
import com.tokaify.ledger.audit.report.Progress;
import com.tokaify.ledger.audit.source.AllPartitions;
import com.tokaify.ledger.audit.source.EventSource;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntFunction;
import java.util.function.IntToLongFunction;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a whole source came to.
 *
 * @param events that were folded
 * @param bytes of their payloads
 * @param took to read and fold them
 */
public record Replay(Ledger ledger, long events, long bytes, Duration took) {

    /** Everything. */
    public static Replay of(EventSource source, Findings findings, Progress progress) {
        return of(source, _ -> _ -> true, findings, progress);
    }

    /** What was in effect at an instant; null is everything. */
    public static Replay upTo(
            EventSource source, @Nullable Instant instant, Findings findings, Progress progress) {
        return instant == null
                ? of(source, findings, progress)
                : of(source, _ -> new InEffect(instant)::was, findings, progress);
    }

    /** Up to a position of each partition. */
    public static Replay upTo(
            EventSource source, IntToLongFunction ends, Findings findings, Progress progress) {
        return of(
                source,
                partition -> {
                    long end = ends.applyAsLong(partition);
                    return event -> event.pseq() <= end;
                },
                findings,
                progress);
    }

    private static Replay of(
            EventSource source,
            IntFunction<Predicate<LoggedEvent>> which,
            Findings findings,
            Progress progress) {
        long began = System.nanoTime();
        Folding folding = new Folding();
        LongAdder events = new LongAdder();
        LongAdder bytes = new LongAdder();
        AllPartitions.read(
                source,
                partition -> {
                    PartitionCheck check = folding.of(partition, findings);
                    Predicate<LoggedEvent> counts = which.apply(partition);
                    return event -> {
                        if (counts.test(event)) {
                            check.see(event);
                            events.increment();
                            bytes.add(event.payload().length);
                        }
                    };
                },
                progress);
        Ledger ledger = folding.ledger();
        return new Replay(
                ledger, events.sum(), bytes.sum(), Duration.ofNanos(System.nanoTime() - began));
    }
}
