package com.tokaify.ledger.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;

/**
 * A closed loop: every caller, on a virtual thread of its own as a service's requests are, calls as
 * soon as it has its answer. What is answered within the window counts; what is answered before or
 * after it is done all the same, and told as acknowledged.
 */
public final class Load {
    private static final long LATENCY_MAX_MICROS = TimeUnit.MINUTES.toMicros(2);

    /** One per cent is finer than any run repeats. */
    private static final int LATENCY_DIGITS = 2;

    private final List<Caller> callers;
    private final LongAdder acknowledged = new LongAdder();
    private volatile boolean counting;
    private volatile boolean stopping;

    public Load(List<Caller> callers) {
        this.callers = List.copyOf(callers);
    }

    /** One caller's share of a window. */
    private record Share(long items, Histogram latencies) {}

    public static Histogram histogram() {
        return new Histogram(LATENCY_MAX_MICROS, LATENCY_DIGITS);
    }

    /**
     * Calls for as long as the warm-up and the window take together.
     *
     * @throws IllegalStateException where any call failed
     */
    public Measurement run(Duration warmUp, Duration window) throws InterruptedException {
        List<CompletableFuture<Share>> shares = new ArrayList<>();
        for (Caller caller : callers) {
            CompletableFuture<Share> share = new CompletableFuture<>();
            shares.add(share);
            Thread.ofVirtual().start(() -> work(caller, share));
        }
        CompletableFuture<Void> all =
                CompletableFuture.allOf(shares.toArray(CompletableFuture[]::new));
        unlessOneFails(all, warmUp);
        Duration cpu = CpuClock.used();
        long start = System.nanoTime();
        counting = true;
        unlessOneFails(all, window);
        counting = false;
        Duration time = Duration.ofNanos(System.nanoTime() - start);
        Duration cpuTime = CpuClock.used().minus(cpu);
        stopping = true;
        return sum(shares, time, cpuTime);
    }

    private void work(Caller caller, CompletableFuture<Share> share) {
        Histogram latencies = histogram();
        long items = 0;
        try {
            while (!stopping) {
                long begin = System.nanoTime();
                int done = caller.call();
                long micros = TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - begin);
                acknowledged.add(done);
                if (counting) {
                    items += done;
                    latencies.recordValue(Math.min(micros, LATENCY_MAX_MICROS));
                }
            }
            share.complete(new Share(items, latencies));
        } catch (Exception | Error e) {
            stopping = true;
            share.completeExceptionally(e);
        }
    }

    /** Nobody ends before being told to, except by failing; then the rest of the time is spared. */
    private static void unlessOneFails(CompletableFuture<Void> all, Duration limit)
            throws InterruptedException {
        try {
            all.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException asMeant) {
            // all still at work
        } catch (ExecutionException e) {
            // told when the shares are summed
        }
    }

    private Measurement sum(
            List<CompletableFuture<Share>> shares, Duration time, Duration cpuTime) {
        long items = 0;
        Histogram latencies = histogram();
        for (CompletableFuture<Share> each : shares) {
            try {
                Share share = each.join();
                items += share.items();
                latencies.add(share.latencies());
            } catch (CompletionException e) {
                throw new IllegalStateException("a call failed: " + e.getCause(), e);
            }
        }
        return new Measurement(
                items, acknowledged.sum(), seconds(time), seconds(cpuTime), latencies);
    }

    public static double seconds(Duration duration) {
        return duration.toNanos() / (double) TimeUnit.SECONDS.toNanos(1);
    }
}
