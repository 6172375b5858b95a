package com.tokaify.ledger.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Everything a reader needs to judge the figures, as Markdown.
 *
 * @param command what takes them again
 * @param machine what they were taken on
 * @param sealed of what was booked meanwhile, as a share
 */
record SealReport(
        String command,
        String machine,
        Options options,
        Duration window,
        double sealed,
        List<Shaped> shapes) {
    private static final double PERCENT = 100;

    /** Rounds of one shape: those at the same place were measured one after the other. */
    record Shaped(Shape shape, List<Measurement> sealing, List<Measurement> plain) {
        Shaped(Shape shape) {
            this(shape, new ArrayList<>(), new ArrayList<>());
        }

        private double[] kept() {
            return rounds(i -> sealing.get(i).perSecond() / plain.get(i).perSecond());
        }

        /** Processor time of an event that is sealed, as a multiple of one that is not. */
        private double[] cost() {
            return rounds(i -> sealing.get(i).cpuMicrosEach() / plain.get(i).cpuMicrosEach());
        }

        private double[] rounds(IntToDoubleFunction of) {
            return IntStream.range(0, plain.size()).mapToDouble(of).sorted().toArray();
        }
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                """
                Taken by `%s` on %s.

                Durable consumptions of %,d tokens drawn by Zipf's law, over HTTP, with the relay running to a broker: by two ledgers alike, of which \
                one seals what it records, every two seconds, and the other does not. Each has servers of its own, which rest while the other is \
                measured. Figures are medians of %d rounds in turn, windows of %.1f s after a checkpoint and %.1f s of load that does not count, once \
                both were warm; ratios are of windows that were measured one after the other, with the least and the greatest. CPU µs: processor time of \
                everything, callers included, for each consumption. Of what was booked meanwhile %.0f %% was sealed meanwhile.

                %s\
                """,
                command,
                machine,
                options.tokens(),
                options.rounds(),
                Load.seconds(window),
                Load.seconds(options.settle()),
                PERCENT * sealed,
                table());
    }

    private Table table() {
        Table table =
                new Table(
                        List.of(
                                "over HTTP",
                                "callers",
                                "per second, sealing",
                                "not sealing",
                                "kept",
                                "CPU µs, sealing",
                                "not sealing",
                                "sealing adds"));
        for (Shaped each : shapes) {
            table.row(
                    List.of(
                            each.shape().title(),
                            Integer.toString(each.shape().callers()),
                            String.format(Locale.ROOT, "%,.0f", perSecond(each.sealing())),
                            String.format(Locale.ROOT, "%,.0f", perSecond(each.plain())),
                            share(each.kept(), 0),
                            String.format(Locale.ROOT, "%.1f", cpuMicros(each.sealing())),
                            String.format(Locale.ROOT, "%.1f", cpuMicros(each.plain())),
                            share(each.cost(), 1)));
        }
        return table;
    }

    private static double perSecond(List<Measurement> rounds) {
        return median(rounds.stream().mapToDouble(Measurement::perSecond).sorted().toArray());
    }

    private static double cpuMicros(List<Measurement> rounds) {
        return median(rounds.stream().mapToDouble(Measurement::cpuMicrosEach).sorted().toArray());
    }

    /** The middle one and the range, in per cent above what is subtracted. */
    private static String share(double[] sorted, double subtracted) {
        return String.format(
                Locale.ROOT,
                "%.1f %% (%.1f – %.1f)",
                PERCENT * (median(sorted) - subtracted),
                PERCENT * (sorted[0] - subtracted),
                PERCENT * (sorted[sorted.length - 1] - subtracted));
    }

    private static double median(double[] sorted) {
        return sorted[(sorted.length - 1) / 2];
    }
}
