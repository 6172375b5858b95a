package com.tokaify.ledger.benchmarks;

import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * What sealing takes of those who write: two ledgers alike, of which one seals what it records and
 * the other does not, under the same load over HTTP in turn. Prints its report as Markdown; fails
 * where a store does not hold exactly what was acknowledged, or is not sealed.
 */
public final class SealBenchmark {
    private static final String NAME = "./ledger bench seal";
    private static final List<Shape> SHAPES = List.of(Shape.SINGLE_256, Shape.BULK_100);

    /** A seal is made every two seconds: a window with one or two in it would tell of luck. */
    private static final Duration LEAST_WINDOW = Duration.ofSeconds(10);

    /** What a service needs until it has compiled what a shape does. */
    private static final Duration WARM_UP = Duration.ofSeconds(15);

    private static final Duration QUIET_LIMIT = Duration.ofSeconds(5);

    private final Options options;
    private final RunningLedger sealing;
    private final RunningLedger plain;
    private final Consumer<String> progress;
    private long booked;
    private long sealed;

    private SealBenchmark(
            Options options,
            RunningLedger sealing,
            RunningLedger plain,
            Consumer<String> progress) {
        this.options = options;
        this.sealing = sealing;
        this.plain = plain;
        this.progress = progress;
    }

    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments), System.out, System.err));
    }

    /**
     * @return the exit code
     */
    static int run(List<String> arguments, PrintStream out, PrintStream err) {
        return Benchmark.run(NAME, arguments, SealBenchmark::measure, out, err);
    }

    private static String measure(String command, Options options, Consumer<String> progress)
            throws Exception {
        Machine machine = Machine.here();
        TokenPopulation tokens = new TokenPopulation(options.tokens());
        int callers = SHAPES.stream().mapToInt(Shape::callers).max().orElseThrow();
        progress.accept("creating tokens in both ledgers");
        try (RunningLedger sealing = RunningLedger.start(options, tokens, true, callers);
                RunningLedger plain = RunningLedger.start(options, tokens, false, callers)) {
            SealBenchmark benchmark = new SealBenchmark(options, sealing, plain, progress);
            List<SealReport.Shaped> measured = benchmark.measure();
            sealing.mustHoldEverything();
            sealing.mustSealEverything();
            plain.mustHoldEverything();
            if (plain.store().sealed() > 0) {
                throw new IllegalStateException("both ledgers have sealed what they recorded");
            }
            return new SealReport(
                            command,
                            machine.describe(sealing.postgresVersion()),
                            options,
                            benchmark.window(),
                            benchmark.sealed / (double) benchmark.booked,
                            measured)
                    .toString();
        }
    }

    private Duration window() {
        return options.quick() || options.window().compareTo(LEAST_WINDOW) > 0
                ? options.window()
                : LEAST_WINDOW;
    }

    private List<SealReport.Shaped> measure() throws Exception {
        List<SealReport.Shaped> shapes = SHAPES.stream().map(SealReport.Shaped::new).toList();
        Duration warmUp = options.quick() ? options.warmUp() : WARM_UP;
        for (Shape shape : SHAPES) {
            measure(sealing, shape, warmUp, options.warmUp(), "warming up, sealing");
            measure(plain, shape, warmUp, options.warmUp(), "warming up, not sealing");
        }
        for (int round = 0; round < options.rounds(); round++) {
            String when = "round " + (round + 1) + " of " + options.rounds();
            for (SealReport.Shaped each : shapes) {
                // In turn, and each one first as often as the other.
                if (round % 2 == 0) {
                    each.sealing().add(sealing(each.shape(), when));
                    each.plain().add(plain(each.shape(), when));
                } else {
                    each.plain().add(plain(each.shape(), when));
                    each.sealing().add(sealing(each.shape(), when));
                }
            }
        }
        return shapes;
    }

    private Measurement sealing(Shape shape, String when) throws Exception {
        long bookedBefore = sealing.store().committed();
        long sealedBefore = sealing.store().sealed();
        Measurement measurement =
                measure(sealing, shape, options.settle(), window(), when + ", sealing");
        booked += sealing.store().committed() - bookedBefore;
        sealed += sealing.store().sealed() - sealedBefore;
        return measurement;
    }

    private Measurement plain(Shape shape, String when) throws Exception {
        return measure(plain, shape, options.settle(), window(), when + ", not sealing");
    }

    private Measurement measure(
            RunningLedger ledger, Shape shape, Duration settle, Duration window, String when)
            throws Exception {
        ledger.store().checkpoint();
        if (!options.quick()) {
            CpuClock.awaitQuiet(QUIET_LIMIT);
        }
        Measurement measurement = ledger.measure(shape, settle, window);
        progress.accept(
                String.format(
                        Locale.ROOT,
                        "%s, %s: %,.0f/s, %.1f µs",
                        when,
                        shape.title(),
                        measurement.perSecond(),
                        measurement.cpuMicrosEach()));
        return measurement;
    }
}
