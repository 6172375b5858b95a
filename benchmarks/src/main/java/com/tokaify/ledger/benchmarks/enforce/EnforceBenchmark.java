package com.tokaify.ledger.benchmarks.enforce;

import com.tokaify.ledger.benchmarks.Benchmark;
import com.tokaify.ledger.benchmarks.Comparison;
import com.tokaify.ledger.benchmarks.Infrastructure;
import com.tokaify.ledger.benchmarks.JvmMemory;
import com.tokaify.ledger.benchmarks.Machine;
import com.tokaify.ledger.benchmarks.Options;
import com.tokaify.ledger.benchmarks.Service;
import com.tokaify.ledger.enforcement.EnforcementServiceApplication;
import com.tokaify.ledger.events.secret.Pepper;
import com.tokaify.ledger.local.LocalKafka;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * What a check costs, over HTTP and in process, beside an endpoint that does nothing, nginx, Redis
 * and a row of PostgreSQL, in one run; what the view takes of memory and time; and how long a token
 * that was switched off still passes. Prints its report as Markdown.
 */
public final class EnforceBenchmark {
    private static final String NAME = "./ledger bench enforce";
    static final int EVENTS_PER_SECOND = 10_000;
    private static final List<Integer> FOOTPRINTS = List.of(1_000_000, 5_000_000);
    private static final List<Integer> FOOTPRINTS_QUICK = List.of(20_000);

    private EnforceBenchmark() {}

    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments), System.out, System.err));
    }

    /**
     * @return the exit code
     */
    static int run(List<String> arguments, PrintStream out, PrintStream err) {
        return Benchmark.run(NAME, arguments, EnforceBenchmark::measure, out, err);
    }

    private static String measure(String command, Options options, Consumer<String> progress)
            throws Exception {
        Machine machine = Machine.here();
        progress.accept("deciding in process");
        List<DecisionCost> decisions = DecisionCost.measure(options);
        List<ViewFootprint> footprints = new ArrayList<>();
        for (int tokens : options.quick() ? FOOTPRINTS_QUICK : FOOTPRINTS) {
            progress.accept("weighing a view of " + tokens + " tokens");
            footprints.add(ViewFootprint.of(tokens));
        }
        progress.accept("switching tokens off");
        Propagation propagation = Propagation.measure(options);
        OverHttp overHttp = overHttp(options, progress);
        return new EnforceReport(
                        command,
                        machine.describe(overHttp.postgres()),
                        options,
                        overHttp,
                        decisions,
                        footprints,
                        propagation)
                .toString();
    }

    /**
     * What was measured on the deployed jar.
     *
     * @param missing programs this machine does not have
     */
    record OverHttp(
            String postgres,
            StartTimes starts,
            JvmMemory memory,
            Comparison atRest,
            Comparison streaming,
            List<String> missing) {}

    private static OverHttp overHttp(Options options, Consumer<String> progress) throws Exception {
        Path jar = options.jar(Service.ENFORCEMENT);
        progress.accept("making " + options.tokens() + " tokens");
        KnownTokens tokens = new KnownTokens(options.tokens());
        try (Infrastructure infrastructure = Infrastructure.start()) {
            LocalKafka kafka = infrastructure.startKafka();
            try (LedgerStream stream = new LedgerStream(tokens, kafka.bootstrap());
                    Checks checks = new Checks(options, tokens)) {
                Pepper pepper = Pepper.read(infrastructure.pepper());
                progress.accept("starting instances");
                StartTimes.Measured started =
                        StartTimes.measure(
                                infrastructure,
                                jar,
                                kafka,
                                options.tokens(),
                                () -> stream.begin(pepper));
                Service enforcement = started.running();
                JvmMemory memory = JvmMemory.of(enforcement.process());
                checks.product(enforcement);
                checks.noOp(
                        infrastructure.startNoOpServer(
                                NoOpCheckServer.class, EnforcementServiceApplication.class));
                checks.nginx(infrastructure);
                checks.redis(infrastructure);
                checks.select(infrastructure);
                Comparison atRest = checks.compare(progress);
                progress.accept(EVENTS_PER_SECOND + " events a second stream in from here on");
                Comparison streaming;
                try (AutoCloseable _ = stream.consumptions(EVENTS_PER_SECOND)) {
                    streaming = checks.compare(progress);
                }
                return new OverHttp(
                        infrastructure.postgresVersion(),
                        started.times(),
                        memory,
                        atRest,
                        streaming,
                        checks.missing());
            }
        }
    }
}
