package com.tokaify.ledger.query.projection;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How far a tail has come on Kafka, and how far there is to go. Written by the tail's thread, read
 * by requests; every method holds the one lock, for moments. In memory only.
 *
 * <p>A view is as old as the last question after the ends of the stream whose answer it has
 * reached: everything committed before that question is in it. Silence of the brokers, or a
 * partition that has stopped, makes it grow older by itself.
 */
public final class StreamProgress {
    /** Rates are told over about so long. */
    private static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(10);

    private static final long UNKNOWN = -1;

    /** The sums at an instant. */
    private record Sample(long nanos, long events, long records) {}

    /** What was asked at an instant; the view is as young as that once it has come there. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Question(long nanos, long[] ends) {}

    /**
     * How things are.
     *
     * @param next where reading continues in each partition, all before is in the view
     * @param ends where each partition ended when that was last asked; -1 where it never was
     * @param age how long ago everything was in the view that was committed then; empty until it
     *     has come to an end once
     * @param events applied since the tail started
     * @param batches that these came in
     * @param batchNanos time they took, all together
     */
    @SuppressWarnings("ArrayRecordComponent") // copies, read and dropped
    record Reading(
            long[] next,
            long[] ends,
            Optional<Duration> age,
            long events,
            long batches,
            long batchNanos,
            double eventsPerSecond,
            double recordsPerSecond) {

        /** Records of a partition that are not in the view, with the markers of transactions. */
        long lag(int partition) {
            return Math.max(0, ends[partition] - next[partition]);
        }

        long lag() {
            long sum = 0;
            for (int partition = 0; partition < ends.length; partition++) {
                sum += lag(partition);
            }
            return sum;
        }

        /** The share of the stream that is in the view, of 1. */
        double share() {
            long all = Arrays.stream(ends).filter(end -> end > 0).sum();
            return all == 0 ? 1 : (all - lag()) / (double) all;
        }
    }

    private final LongSupplier nanoTime;
    private final long[] next;
    private final long[] ends;
    private final Deque<Sample> samples = new ArrayDeque<>();
    private long events;
    private long batches;
    private long batchNanos;
    private @Nullable Question open;
    private @Nullable Long youngAtNanos;

    /**
     * @param nanoTime a clock as {@link System#nanoTime}
     */
    StreamProgress(int partitions, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.next = new long[partitions];
        this.ends = new long[partitions];
        Arrays.fill(ends, UNKNOWN);
        samples.add(new Sample(nanoTime.getAsLong(), 0, 0));
    }

    /** All before these offsets is in the view. */
    synchronized void reached(Map<Integer, Long> offsets) {
        offsets.forEach((partition, offset) -> next[partition] = offset);
        Question question = open;
        if (question != null && isReached(question.ends)) {
            youngAtNanos = question.nanos;
            open = null;
        }
    }

    /** Up to where in the partition all is in the view. */
    synchronized long next(int partition) {
        return next[partition];
    }

    /**
     * One more batch was applied.
     *
     * @param nanos time that took
     */
    synchronized void applied(int count, long nanos) {
        events += count;
        batches++;
        batchNanos += nanos;
    }

    /**
     * The stream ends here.
     *
     * @param askedAtNanos when that was asked
     */
    synchronized void ended(long askedAtNanos, Map<Integer, Long> offsets) {
        offsets.forEach((partition, offset) -> ends[partition] = offset);
        if (isReached(ends)) {
            youngAtNanos = askedAtNanos;
            open = null;
        } else if (open == null) {
            open = new Question(askedAtNanos, ends.clone());
        }
        sample();
    }

    /** Records of the stream that are not in the view, with the markers of transactions. */
    public synchronized long lag() {
        long lag = 0;
        for (int partition = 0; partition < ends.length; partition++) {
            lag += Math.max(0, ends[partition] - next[partition]);
        }
        return lag;
    }

    /** How old the view is; empty until it has come to an end of the stream once. */
    public synchronized Optional<Duration> age() {
        Long young = youngAtNanos;
        return young == null
                ? Optional.empty()
                : Optional.of(Duration.ofNanos(nanoTime.getAsLong() - young));
    }

    synchronized Reading read() {
        long now = nanoTime.getAsLong();
        Sample first = samples.getFirst();
        double seconds = Math.max(1, now - first.nanos) / (double) TimeUnit.SECONDS.toNanos(1);
        return new Reading(
                next.clone(),
                ends.clone(),
                age(),
                events,
                batches,
                batchNanos,
                (events - first.events) / seconds,
                Math.max(0, records() - first.records) / seconds);
    }

    private boolean isReached(long[] goal) {
        for (int partition = 0; partition < goal.length; partition++) {
            if (next[partition] < goal[partition]) {
                return false;
            }
        }
        return true;
    }

    /** Keeps the newest sample that is older than the window, and those within it. */
    private void sample() {
        long now = nanoTime.getAsLong();
        samples.addLast(new Sample(now, events, records()));
        Sample oldest = samples.removeFirst();
        while (!samples.isEmpty() && now - samples.getFirst().nanos >= WINDOW_NANOS) {
            oldest = samples.removeFirst();
        }
        samples.addFirst(oldest);
    }

    private long records() {
        return Arrays.stream(next).sum();
    }
}
