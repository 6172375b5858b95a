package com.tokaify.ledger.benchmarks.read;

import com.tokaify.ledger.benchmarks.Benchmark;
import com.tokaify.ledger.benchmarks.Caller;
import com.tokaify.ledger.benchmarks.Comparison;
import com.tokaify.ledger.benchmarks.Contestant;
import com.tokaify.ledger.benchmarks.Contestant.Kind;
import com.tokaify.ledger.benchmarks.Infrastructure;
import com.tokaify.ledger.benchmarks.Machine;
import com.tokaify.ledger.benchmarks.Options;
import com.tokaify.ledger.benchmarks.Rounds;
import com.tokaify.ledger.benchmarks.Service;
import com.tokaify.ledger.benchmarks.Skew;
import com.tokaify.ledger.benchmarks.ViewStore;
import com.tokaify.ledger.events.secret.Pepper;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * How long query-service takes for what people and auditors ask, with a year's ledger behind it,
 * beside a server that looks up one row by its key, in one run. Prints its report as Markdown;
 * fails where an answer is not one.
 */
public final class ReadBenchmark {
    private static final String NAME = "./ledger bench read";

    /** Fewer than the service has connections to PostgreSQL, so that nobody waits for one. */
    private static final int CALLERS = 8;

    private ReadBenchmark() {}

    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments), System.out, System.err));
    }

    /**
     * @return the exit code
     */
    static int run(List<String> arguments, PrintStream out, PrintStream err) {
        return Benchmark.run(NAME, arguments, ReadBenchmark::measure, out, err);
    }

    private static String measure(String command, Options options, Consumer<String> progress)
            throws Exception {
        Path jar = options.jar(Service.QUERY);
        Machine machine = Machine.here();
        try (Infrastructure infrastructure = Infrastructure.start()) {
            ViewStore views = infrastructure.newViews("views");
            Service service =
                    infrastructure.startQueryService(jar, views, infrastructure.startKafka());
            LedgerYear year =
                    new LedgerYear(
                            options.tokens(),
                            options.events(),
                            Pepper.read(infrastructure.pepper()));
            progress.accept("writing " + options.events() + " events");
            try (ViewRows rows = new ViewRows(year, views)) {
                year.happen(rows);
                progress.accept("making indexes");
                rows.end();
                Service keys = infrastructure.startKeyServer(KeyServer.class, views);
                List<Contestant> contestants = new ArrayList<>();
                for (Question question : Questions.of(year, rows, service.port())) {
                    contestants.add(contestant(question, Kind.PRODUCT, service));
                }
                contestants.add(contestant(Questions.byKey(year), Kind.NO_OP, keys));
                Rounds rounds = new Rounds(options, views::checkpoint, options.warmUp(), progress);
                return new ReadReport(
                                command,
                                machine.describe(infrastructure.postgresVersion()),
                                options,
                                rows.filled(year),
                                new Comparison(List.of(Kind.NO_OP), rounds.measure(contestants)))
                        .toString();
            }
        }
    }

    private static Contestant contestant(Question question, Kind kind, Service service)
            throws IOException {
        List<Caller> callers = new ArrayList<>();
        for (int caller = 0; caller < CALLERS; caller++) {
            callers.add(question.caller(service.port(), caller));
        }
        return Contestant.of(question.name(), Skew.ZIPF, kind, callers);
    }
}
