package com.tokaify.ledger.benchmarks;

import com.tokaify.ledger.benchmarks.Contestant.Kind;
import com.tokaify.ledger.command.CommandServiceApplication;
import com.tokaify.ledger.local.LocalKafka;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The system as it is deployed: command-service's own jar in a JVM of its own, called over HTTP and
 * fed from Kafka, relaying to a real broker all the while, beside a server that does nothing and a
 * bare COPY. Before the load, what the service takes of memory.
 */
final class HttpPart {
    /** Tokens that are in use when the memory is read. */
    private static final int ACTIVE_TOKENS = 50_000;

    private static final int COPY_ROWS = 1_000;

    private final Options options;
    private final LedgerStore store;
    private final TokenPopulation tokens;
    private final Consumer<String> progress;

    private HttpPart(
            Options options, LedgerStore store, TokenPopulation tokens, Consumer<String> progress) {
        this.options = options;
        this.store = store;
        this.tokens = tokens;
        this.progress = progress;
    }

    /**
     * What came of it.
     *
     * @param activeTokens used at least once when the memory was read
     */
    record Outcome(int activeTokens, JvmMemory memory, Comparison comparison) {}

    /**
     * @param store in which the tokens are already
     */
    static Outcome run(
            Options options,
            Infrastructure infrastructure,
            LedgerStore store,
            TokenPopulation tokens,
            Consumer<String> progress)
            throws Exception {
        Path jar = options.jar(Service.COMMAND);
        HttpPart part = new HttpPart(options, store, tokens, progress);
        LocalKafka kafka = infrastructure.startKafka();
        Service command = infrastructure.startCommandService(jar, store, kafka, options.seals());
        Service noOp =
                infrastructure.startNoOpServer(NoOpServer.class, CommandServiceApplication.class);
        Outcome outcome = part.run(command, noOp, kafka);
        noOp.stop();
        command.stop();
        kafka.stop();
        return outcome;
    }

    private Outcome run(Service command, Service noOp, LocalKafka kafka) throws Exception {
        List<HttpBookkeeper> toCommand = new ArrayList<>();
        List<HttpBookkeeper> toNoOp = new ArrayList<>();
        try (UsageBacklog usage =
                        new UsageBacklog(options.backlog(), tokens, store, kafka.bootstrap());
                CopyClient copy =
                        new CopyClient(
                                store.settings().writer(),
                                new FloorRows(options.tokens()).writer(0),
                                COPY_ROWS)) {
            for (int i = 0; i < Shape.mostCallers(); i++) {
                toCommand.add(new HttpBookkeeper(command.port()));
                toNoOp.add(new HttpBookkeeper(noOp.port()));
            }
            progress.accept("waiting until the relay has told all tokens");
            CpuClock.awaitQuiet(Duration.ofMinutes(5));
            int active = Math.min(ACTIVE_TOKENS, options.tokens());
            long touched =
                    Consumptions.touch(toCommand.getFirst(), tokens.ids().subList(0, active));
            JvmMemory memory = JvmMemory.of(command.process());
            Rounds rounds = new Rounds(options, this::prepare, options.settle(), progress);
            List<Result> results = rounds.measure(contestants(toCommand, toNoOp, usage, copy));
            store.mustHold(touched + rounds.acknowledged());
            return new Outcome(
                    active, memory, new Comparison(List.of(Kind.NO_OP, Kind.COPY_FLOOR), results));
        } finally {
            for (HttpBookkeeper connection : toCommand) {
                connection.close();
            }
            for (HttpBookkeeper connection : toNoOp) {
                connection.close();
            }
        }
    }

    /** What the relay still has to tell would be on the account of the next contestant. */
    private void prepare() throws Exception {
        store.checkpoint();
        if (!options.quick()) {
            CpuClock.awaitQuiet(Duration.ofSeconds(20));
        }
    }

    private List<Contestant> contestants(
            List<HttpBookkeeper> toCommand,
            List<HttpBookkeeper> toNoOp,
            UsageBacklog usage,
            CopyClient copy) {
        List<Contestant> contestants = new ArrayList<>();
        for (Skew skew : Skew.values()) {
            contestants.addAll(Consumptions.contestants("over HTTP", skew, toCommand, tokens));
            contestants.add(usage.contestant(skew));
        }
        for (int callers : Shape.singleCallers()) {
            contestants.add(
                    Contestant.of(
                            "no-op over HTTP",
                            Skew.ZIPF,
                            Kind.NO_OP,
                            toNoOp.subList(0, callers).stream()
                                    .map(each -> Consumptions.caller(each, Skew.ZIPF, tokens, 1))
                                    .toList()));
        }
        contestants.add(copy.contestant());
        return contestants;
    }
}
