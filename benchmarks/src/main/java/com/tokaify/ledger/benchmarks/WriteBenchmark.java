package com.tokaify.ledger.benchmarks;

import com.tokaify.ledger.local.StartFailure;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/**
 * How many consumptions a second command-service makes durable by each road, beside what people do
 * today, stock Axon, and what PostgreSQL and HTTP allow at most, in one run. Prints its report as
 * Markdown; fails where the store does not hold exactly what was acknowledged.
 */
public final class WriteBenchmark {
    private static final String NAME = "./ledger bench write";
    private static final int FAILED = 1;
    private static final int MISUSED = 2;

    private WriteBenchmark() {}

    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments), System.out, System.err));
    }

    /**
     * @return the exit code
     */
    static int run(List<String> arguments, PrintStream out, PrintStream err) {
        try {
            Path services = Path.of(System.getProperty("ledger.services", "services"));
            Options options = Options.parse(arguments, services);
            String report = measure(options, arguments, line -> out.println("  " + line));
            out.println();
            out.print(report);
            if (options.markdown().isPresent()) {
                Files.writeString(options.markdown().get(), report);
            }
            return 0;
        } catch (Options.Unusable e) {
            err.println(e.getMessage());
            return MISUSED;
        } catch (StartFailure e) {
            err.println("bench: " + e.getMessage());
            return FAILED;
        } catch (Exception e) {
            e.printStackTrace(err);
            return FAILED;
        }
    }

    private static String measure(
            Options options, List<String> arguments, Consumer<String> progress) throws Exception {
        Machine machine = Machine.here();
        try (Infrastructure infrastructure = Infrastructure.start()) {
            TokenPopulation tokens = new TokenPopulation(options.tokens());
            LedgerStore store = infrastructure.newStore("in_process");
            progress.accept("creating tokens");
            try (InProcessLedger ledger = new InProcessLedger(store)) {
                ledger.create(tokens);
            }
            store.settle();
            LedgerStore copy = infrastructure.copy(store, "over_http");
            Comparison inProcess =
                    InProcessPart.run(options, infrastructure, store, tokens, progress);
            HttpPart.Outcome overHttp =
                    HttpPart.run(options, infrastructure, copy, tokens, progress);
            return new Report(
                            (NAME + " " + String.join(" ", arguments)).strip(),
                            machine.describe(infrastructure.postgresVersion()),
                            options,
                            inProcess,
                            overHttp)
                    .toString();
        }
    }
}
