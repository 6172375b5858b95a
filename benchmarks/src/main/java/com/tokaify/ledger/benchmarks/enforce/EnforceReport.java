package com.tokaify.ledger.benchmarks.enforce;

import com.tokaify.ledger.benchmarks.Load;
import com.tokaify.ledger.benchmarks.Options;
import com.tokaify.ledger.benchmarks.Table;
import com.tokaify.ledger.benchmarks.enforce.EnforceBenchmark.OverHttp;
import java.util.List;
import java.util.Locale;

/**
 * Everything a reader needs to judge the figures, as Markdown.
 *
 * @param command what takes them again
 * @param machine what they were taken on
 */
record EnforceReport(
        String command,
        String machine,
        Options options,
        OverHttp overHttp,
        List<DecisionCost> decisions,
        List<ViewFootprint> footprints,
        Propagation propagation) {
    private static final double MICROS_PER_MILLI = 1_000;
    private static final double MIB = 1 << 20;

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                """
                Taken by `%s` on %s.

                Checks of %,d tokens drawn by Zipf's law over %,d kept connections, all from one thread; each figure is the \
                median of %d windows of %.1f s, in turn with the others, once all were warm. CPU µs: processor time of \
                everything the benchmark runs, the load generator included, for each check.%s

                At rest:

                %s
                While %,d consumptions a second stream in:

                %s
                One decision in process, on a view of as many tokens:

                %s
                Memory of the view:

                %s
                A start with %,d tokens, after which the whole process has %.0f MiB of live heap:

                %s
                A token that was switched off was refused %.1f ms (median), %.1f ms (p99), %.1f ms (longest of %,d) after \
                command-service had answered, with %,d consumptions a second of another token beside it.
                """,
                command,
                machine,
                options.tokens(),
                Checks.CONNECTIONS,
                options.rounds(),
                Load.seconds(options.window()),
                missing(),
                overHttp.atRest().table(),
                EnforceBenchmark.EVENTS_PER_SECOND,
                overHttp.streaming().table(),
                decisionTable(),
                footprintTable(),
                options.tokens(),
                overHttp.memory().liveBytes() / MIB,
                overHttp.starts().table(),
                propagation.micros().getValueAtPercentile(50) / MICROS_PER_MILLI,
                propagation.micros().getValueAtPercentile(99) / MICROS_PER_MILLI,
                propagation.micros().getMaxValue() / MICROS_PER_MILLI,
                propagation.micros().getTotalCount(),
                propagation.consumptionsPerSecond());
    }

    private String missing() {
        return overHttp.missing().isEmpty()
                ? ""
                : " Not on this machine, and therefore left out: "
                        + String.join(", ", overHttp.missing())
                        + ".";
    }

    private Table decisionTable() {
        Table table = new Table(List.of("decision", "ns", "±"));
        for (DecisionCost each : decisions) {
            table.row(List.of(each.what(), whole(each.nanos()), whole(each.error())));
        }
        return table;
    }

    private Table footprintTable() {
        Table table = new Table(List.of("tokens", "bytes of heap for each"));
        for (ViewFootprint each : footprints) {
            table.row(
                    List.of(
                            String.format(Locale.ROOT, "%,d", each.tokens()),
                            whole(each.bytesPerToken())));
        }
        return table;
    }

    private static String whole(double number) {
        return String.format(Locale.ROOT, "%,.0f", number);
    }
}
