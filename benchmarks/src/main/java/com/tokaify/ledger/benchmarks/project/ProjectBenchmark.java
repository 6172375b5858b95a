package com.tokaify.ledger.benchmarks.project;

import com.tokaify.ledger.benchmarks.Benchmark;
import com.tokaify.ledger.benchmarks.Comparison;
import com.tokaify.ledger.benchmarks.Contestant;
import com.tokaify.ledger.benchmarks.Contestant.Kind;
import com.tokaify.ledger.benchmarks.Infrastructure;
import com.tokaify.ledger.benchmarks.Machine;
import com.tokaify.ledger.benchmarks.Measurement;
import com.tokaify.ledger.benchmarks.Options;
import com.tokaify.ledger.benchmarks.Result;
import com.tokaify.ledger.benchmarks.Service;
import com.tokaify.ledger.benchmarks.Skew;
import com.tokaify.ledger.benchmarks.ViewStore;
import com.tokaify.ledger.events.secret.Pepper;
import com.tokaify.ledger.local.LocalKafka;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * How many events a second query-service makes into views, from a backlog on Kafka, beside a
 * consumer that only writes the records down, in one run. Prints its report as Markdown; fails
 * where the views do not hold what the backlog says.
 */
public final class ProjectBenchmark {
    private static final String NAME = "./ledger bench project";

    private ProjectBenchmark() {}

    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments), System.out, System.err));
    }

    /**
     * @return the exit code
     */
    static int run(List<String> arguments, PrintStream out, PrintStream err) {
        return Benchmark.run(NAME, arguments, ProjectBenchmark::measure, out, err);
    }

    private static String measure(String command, Options options, Consumer<String> progress)
            throws Exception {
        Path jar = options.jar(Service.QUERY);
        Machine machine = Machine.here();
        try (Infrastructure infrastructure = Infrastructure.start()) {
            LocalKafka kafka = infrastructure.startKafka();
            progress.accept("writing " + options.events() + " events");
            Backlog backlog =
                    Backlog.write(
                            options.events(),
                            options.tokens(),
                            Pepper.read(infrastructure.pepper()),
                            kafka.bootstrap());
            List<Measurement> floors = new ArrayList<>();
            List<Measurement> products = new ArrayList<>();
            List<String> projections = List.of();
            for (int round = 1; round <= options.rounds(); round++) {
                ViewStore raw = infrastructure.newViews("raw_" + round);
                raw.checkpoint();
                floors.add(RawCopy.measure(raw, kafka.bootstrap(), backlog.events()));
                raw.drop();
                tell(progress, round, options, "floor", floors.getLast());

                ViewStore views = infrastructure.newViews("views_" + round);
                views.checkpoint();
                Service service = infrastructure.startQueryService(jar, views, kafka);
                ProjectedViews.Outcome outcome = ProjectedViews.measure(service, views, backlog);
                service.stop();
                views.drop();
                products.add(outcome.measurement());
                projections = outcome.projections();
                tell(progress, round, options, Service.QUERY, products.getLast());
            }
            return new ProjectReport(
                            command,
                            machine.describe(infrastructure.postgresVersion()),
                            options,
                            backlog.events(),
                            backlog.tokens(),
                            projections,
                            new Comparison(
                                    List.of(Kind.COPY_FLOOR),
                                    List.of(
                                            result(
                                                    "query-service, all views",
                                                    Kind.PRODUCT,
                                                    products),
                                            result(
                                                    "floor: COPY of raw rows",
                                                    Kind.COPY_FLOOR,
                                                    floors))))
                    .toString();
        }
    }

    private static Result result(String name, Kind kind, List<Measurement> rounds) {
        Contestant contestant =
                new Contestant(
                        name,
                        Skew.ZIPF,
                        kind,
                        0,
                        (_, _) -> {
                            throw new IllegalStateException("was measured already");
                        });
        return new Result(contestant, rounds);
    }

    private static void tell(
            Consumer<String> progress,
            int round,
            Options options,
            String what,
            Measurement measurement) {
        progress.accept(
                String.format(
                        Locale.ROOT,
                        "round %d of %d: %s: %,.0f events/s",
                        round,
                        options.rounds(),
                        what,
                        measurement.perSecond()));
    }
}
