package com.tokaify.ledger.benchmarks;

import java.util.List;
import org.HdrHistogram.Histogram;

/** All rounds of one contestant. */
record Result(Contestant contestant, List<Measurement> rounds) {
    private static final double MICROS_PER_MILLI = 1_000;

    Result {
        rounds = List.copyOf(rounds);
    }

    /** The middle one of the rounds' rates; of an even number the lower of the two. */
    double median() {
        double[] rates = sorted();
        return rates[(rates.length - 1) / 2];
    }

    double slowest() {
        return sorted()[0];
    }

    double fastest() {
        double[] rates = sorted();
        return rates[rates.length - 1];
    }

    /** Over the calls of all rounds. */
    double latencyMillis(double percentile) {
        Histogram all = Load.histogram();
        rounds.forEach(round -> all.add(round.latencies()));
        return all.getValueAtPercentile(percentile) / MICROS_PER_MILLI;
    }

    private double[] sorted() {
        return rounds.stream().mapToDouble(Measurement::perSecond).sorted().toArray();
    }
}
