package com.tokaify.ledger.benchmarks;

import com.tokaify.ledger.benchmarks.Contestant.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Contestants measured in turn, round after round, every other round backwards, so that neither
 * what the machine does meanwhile nor the order favours one.
 */
public final class Rounds {
    /** A window that costs less than this share of the cheapest so far is still getting faster. */
    private static final double STILL_FASTER = 0.95;

    /** So many windows in a row without getting faster, and a rival is as fast as it gets. */
    private static final int STEADY_WINDOWS = 3;

    /**
     * The same for the product, of which there is far more to compile: measured, it gets cheaper
     * for a minute, by little from one window to the next.
     */
    private static final int STEADY_WINDOWS_OF_PRODUCT = 8;

    /** Brings the servers into the same condition before each measurement. */
    @FunctionalInterface
    public interface Preparation {
        void prepare() throws Exception;
    }

    private final Options options;
    private final Preparation preparation;
    private final Duration settle;
    private final Consumer<String> progress;
    private long acknowledged;

    /**
     * @param settle load before each measurement of the rounds that is not counted
     * @param progress told one line for each measurement
     */
    public Rounds(
            Options options, Preparation preparation, Duration settle, Consumer<String> progress) {
        this.options = options;
        this.preparation = preparation;
        this.settle = settle;
        this.progress = progress;
    }

    public List<Result> measure(List<Contestant> contestants) throws Exception {
        for (Contestant contestant : contestants) {
            untilItIsSteady(contestant);
        }
        List<List<Measurement>> measurements =
                contestants.stream().<List<Measurement>>map(_ -> new ArrayList<>()).toList();
        for (int round = 0; round < options.rounds(); round++) {
            for (int turn = 0; turn < contestants.size(); turn++) {
                int i = round % 2 == 0 ? turn : contestants.size() - 1 - turn;
                measurements
                        .get(i)
                        .add(
                                measure(
                                        contestants.get(i),
                                        settle,
                                        "round " + (round + 1) + " of " + options.rounds()));
            }
        }
        List<Result> results = new ArrayList<>();
        for (int i = 0; i < contestants.size(); i++) {
            results.add(new Result(contestants.get(i), measurements.get(i)));
        }
        return results;
    }

    /** Consumptions the product has acknowledged in all measurements. */
    long acknowledged() {
        return acknowledged;
    }

    /**
     * Windows that do not count, until they get no cheaper: a JVM that has just started spends
     * twenty times the processor time of one that has compiled what it does most, and a service
     * needs a hundred thousand requests to come there.
     */
    private void untilItIsSteady(Contestant contestant) throws Exception {
        double cheapest = Double.POSITIVE_INFINITY;
        int steady = 0;
        int enough = contestant.kind() == Kind.PRODUCT ? STEADY_WINDOWS_OF_PRODUCT : STEADY_WINDOWS;
        for (int i = 0; i < options.warmUpWindows() && steady < enough; i++) {
            double cost = measure(contestant, options.warmUp(), "warming up").cpuMicrosEach();
            steady = cost < STILL_FASTER * cheapest ? 0 : steady + 1;
            cheapest = Math.min(cheapest, cost);
        }
    }

    private Measurement measure(Contestant contestant, Duration warmUp, String when)
            throws Exception {
        preparation.prepare();
        Measurement measurement = contestant.trial().run(warmUp, options.window());
        if (contestant.kind() == Kind.PRODUCT) {
            acknowledged += measurement.acknowledged();
        }
        progress.accept(
                String.format(
                        Locale.ROOT,
                        "%s: %s, %s, %d callers: %,.0f/s, %,.0f µs",
                        when,
                        contestant.name(),
                        contestant.skew().title(),
                        contestant.callers(),
                        measurement.perSecond(),
                        measurement.cpuMicrosEach()));
        return measurement;
    }
}
