package com.tokaify.ledger.benchmarks;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
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

    /** All of it in one line, for the benchmark's other JVMs. */
    String line() {
        ByteBuffer histogram = ByteBuffer.allocate(latencies.getNeededByteBufferCapacity());
        byte[] encoded =
                Arrays.copyOf(histogram.array(), latencies.encodeIntoByteBuffer(histogram));
        return String.join(
                " ",
                Long.toString(items),
                Long.toString(acknowledged),
                Double.toString(seconds),
                Double.toString(cpuSeconds),
                Base64.getEncoder().encodeToString(encoded));
    }

    /** What {@link #line} has written. */
    static Measurement parse(String line) {
        String[] parts = line.split(" ", -1);
        return new Measurement(
                Long.parseLong(parts[0]),
                Long.parseLong(parts[1]),
                Double.parseDouble(parts[2]),
                Double.parseDouble(parts[3]),
                Histogram.decodeFromByteBuffer(
                        ByteBuffer.wrap(Base64.getDecoder().decode(parts[4])), 0));
    }

    public double perSecond() {
        return items / seconds;
    }

    /** Infinite where nothing was done. */
    double cpuMicrosEach() {
        return cpuSeconds * MICROS_PER_SECOND / items;
    }
}
