package com.tokaify.ledger.benchmarks;

import java.io.PrintStream;
import java.util.List;
import java.util.function.Consumer;

/**
 * How many consumptions a second command-service makes durable by each road, beside what people do
 * today, stock Axon, and what PostgreSQL and HTTP allow at most, in one run. Prints its report as
 * Markdown; fails where the store does not hold exactly what was acknowledged.
 */
public final class WriteBenchmark {
    private static final String NAME = "./ledger bench write";

    private WriteBenchmark() {}

    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments), System.out, System.err));
    }

    /**
     * @return the exit code
     */
    static int run(List<String> arguments, PrintStream out, PrintStream err) {
        return Benchmark.run(NAME, arguments, WriteBenchmark::measure, out, err);
    }

    private static String measure(String command, Options options, Consumer<String> progress)
            throws Exception {
        Machine machine = Machine.here();
        try (Infrastructure infrastructure = Infrastructure.start()) {
            TokenPopulation tokens = new TokenPopulation(options.tokens());
            LedgerStore store = infrastructure.newStore("in_process");
            progress.accept("creating tokens");
            try (InProcessLedger ledger = new InProcessLedger(store.settings())) {
                ledger.create(tokens);
            }
            store.settle();
            LedgerStore copy = infrastructure.copy(store, "over_http");
            Comparison inProcess =
                    InProcessPart.run(options, infrastructure, store, tokens, progress);
            HttpPart.Outcome overHttp =
                    HttpPart.run(options, infrastructure, copy, tokens, progress);
            return new Report(
                            command,
                            machine.describe(infrastructure.postgresVersion()),
                            options,
                            inProcess,
                            overHttp)
                    .toString();
        }
    }
}
