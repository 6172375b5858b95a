package com.tokaify.ledger.benchmarks;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.HdrHistogram.Histogram;

/** All rounds of one contestant. */
public record Result(Contestant contestant, List<Measurement> rounds) {
    private static final double MICROS_PER_MILLI = 1_000;

    public Result {
        rounds = List.copyOf(rounds);
    }

    /** Consumptions, or rows, a second. */
    public double perSecond() {
        return median(Measurement::perSecond);
    }

    double slowest() {
        return rounds.stream().mapToDouble(Measurement::perSecond).min().orElseThrow();
    }

    double fastest() {
        return rounds.stream().mapToDouble(Measurement::perSecond).max().orElseThrow();
    }

    /** Processor time of everything, for one consumption or row. */
    double cpuMicrosEach() {
        return median(Measurement::cpuMicrosEach);
    }

    /** Over the calls of all rounds. */
    double latencyMillis(double percentile) {
        Histogram all = Load.histogram();
        rounds.forEach(round -> all.add(round.latencies()));
        return all.getValueAtPercentile(percentile) / MICROS_PER_MILLI;
    }

    /** The middle one; of an even number the lower of the two. */
    private double median(ToDoubleFunction<Measurement> of) {
        double[] sorted = rounds.stream().mapToDouble(of).sorted().toArray();
        return sorted[(sorted.length - 1) / 2];
    }
}
