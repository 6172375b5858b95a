package com.tokaify.ledger.benchmarks.export;

import com.tokaify.ledger.benchmarks.Benchmark;
import com.tokaify.ledger.benchmarks.Comparison;
import com.tokaify.ledger.benchmarks.Contestant;
import com.tokaify.ledger.benchmarks.Contestant.Kind;
import com.tokaify.ledger.benchmarks.Infrastructure;
import com.tokaify.ledger.benchmarks.JvmMemory;
import com.tokaify.ledger.benchmarks.Machine;
import com.tokaify.ledger.benchmarks.Measurement;
import com.tokaify.ledger.benchmarks.Options;
import com.tokaify.ledger.benchmarks.Result;
import com.tokaify.ledger.benchmarks.Service;
import com.tokaify.ledger.benchmarks.Skew;
import com.tokaify.ledger.benchmarks.ViewStore;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * How fast query-service exports every event there is, as NDJSON and as CSV, beside PostgreSQL's
 * COPY of the same rows, in one run; and what of it stays in memory. Prints its report as Markdown;
 * fails where an export is not whole.
 */
public final class ExportBenchmark {
    private static final String NAME = "./ledger bench export";

    private ExportBenchmark() {}

    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments), System.out, System.err));
    }

    /**
     * @return the exit code
     */
    static int run(List<String> arguments, PrintStream out, PrintStream err) {
        return Benchmark.run(NAME, arguments, ExportBenchmark::measure, out, err);
    }

    /** One way of exporting everything. */
    @FunctionalInterface
    private interface Way {
        Measurement export() throws Exception;
    }

    /** A way that is measured, and its rounds so far. */
    private record Contender(String name, Kind kind, Way way, List<Measurement> rounds) {
        private Contender(String name, Kind kind, Way way) {
            this(name, kind, way, new ArrayList<>());
        }

        private Result result() {
            return new Result(
                    new Contestant(name, Skew.ZIPF, kind, 0, (_, _) -> way.export()), rounds);
        }
    }

    private static String measure(String command, Options options, Consumer<String> progress)
            throws Exception {
        Path jar = options.jar(Service.QUERY);
        Machine machine = Machine.here();
        int events = options.events();
        try (Infrastructure infrastructure = Infrastructure.start()) {
            ViewStore views = infrastructure.newViews("views");
            Service service =
                    infrastructure.startQueryService(jar, views, infrastructure.startKafka());
            progress.accept("writing " + events + " events");
            EventRows.fill(views, events);
            views.checkpoint();
            List<Contender> contenders =
                    List.of(
                            new Contender(
                                    "export as NDJSON",
                                    Kind.PRODUCT,
                                    () -> Exporting.overHttp(service, "ndjson", events, 1)),
                            new Contender(
                                    "export as CSV",
                                    Kind.PRODUCT,
                                    () -> Exporting.overHttp(service, "csv", events, 1)),
                            new Contender(
                                    "floor: COPY to stdout",
                                    Kind.COPY_FLOOR,
                                    () -> Exporting.byCopy(views, events)));
            for (Contender contender : contenders) {
                tell(progress, "warming up", contender, contender.way().export());
            }
            for (int round = 1; round <= options.rounds(); round++) {
                for (Contender contender : contenders) {
                    Measurement measurement = contender.way().export();
                    contender.rounds().add(measurement);
                    tell(
                            progress,
                            "round " + round + " of " + options.rounds(),
                            contender,
                            measurement);
                }
            }
            return new ExportReport(
                            command,
                            machine.describe(infrastructure.postgresVersion()),
                            options,
                            new Comparison(
                                    List.of(Kind.COPY_FLOOR),
                                    contenders.stream().map(Contender::result).toList()),
                            JvmMemory.of(service.process()))
                    .toString();
        }
    }

    private static void tell(
            Consumer<String> progress, String when, Contender contender, Measurement measurement) {
        progress.accept(
                String.format(
                        Locale.ROOT,
                        "%s: %s: %,.0f events/s",
                        when,
                        contender.name(),
                        measurement.perSecond()));
    }
}
