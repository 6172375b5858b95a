package com.tokaify.ledger.benchmarks;

import org.HdrHistogram.Histogram;

/**
 * One window of one contestant.
 *
 * @param items consumptions or rows made durable in it, or checks answered
 * @param acknowledged all that callers were told is durable, in the window or out of it
 * @param seconds how long it lasted
 * @param cpuSeconds what all processes of the benchmark used in it
 * @param latencies of calls, in microseconds
 */
public record Measurement(
        long items, long acknowledged, double seconds, double cpuSeconds, Histogram latencies) {
    private static final double MICROS_PER_SECOND = 1_000_000;

    public double perSecond() {
        return items / seconds;
    }

    /** Infinite where nothing was done. */
    double cpuMicrosEach() {
        return cpuSeconds * MICROS_PER_SECOND / items;
    }
}
