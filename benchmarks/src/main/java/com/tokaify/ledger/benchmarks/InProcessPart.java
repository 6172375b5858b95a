package com.tokaify.ledger.benchmarks;

import com.tokaify.ledger.benchmarks.Contestant.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;

/**
 * The pure write path: command bus, lanes, committer and PostgreSQL, without HTTP and without
 * Kafka, beside what people do today, stock Axon, and a bare COPY. Callers share the JVM with all
 * of them.
 */
final class InProcessPart {
    /** With more, aggregates locked one by one let hot tokens starve. */
    private static final List<Integer> AXON_CALLERS = List.of(64, 256);

    private static final int COPY_ROWS = 1_000;

    private InProcessPart() {}

    /**
     * @param store in which the tokens are already
     */
    static Comparison run(
            Options options,
            Infrastructure infrastructure,
            LedgerStore store,
            TokenPopulation tokens,
            Consumer<String> progress)
            throws Exception {
        Rounds rounds = new Rounds(options, store::checkpoint, progress);
        List<Result> results;
        try (InProcessLedger ledger = new InProcessLedger(store);
                TodaysPractice today =
                        new TodaysPractice(infrastructure.newStore("today").settings().owner());
                StockAxon axon =
                        new StockAxon(infrastructure.newStore("stock_axon").settings().owner());
                CopyClient copy =
                        new CopyClient(
                                store.settings().writer(),
                                new FloorRows(options.tokens()).writer(0),
                                COPY_ROWS)) {
            today.create(tokens);
            axon.create(tokens);
            List<Contestant> contestants = new ArrayList<>();
            for (Skew skew : Skew.values()) {
                contestants.addAll(
                        Consumptions.contestants(
                                "in process",
                                skew,
                                Collections.nCopies(Shape.mostCallers(), ledger),
                                tokens));
                contestants.addAll(
                        Consumptions.singles(
                                "today: UPDATE and INSERT",
                                skew,
                                Kind.TODAY,
                                Shape.singleCallers(),
                                today,
                                tokens));
                contestants.addAll(
                        Consumptions.singles(
                                "stock Axon over JDBC",
                                skew,
                                Kind.STOCK_AXON,
                                AXON_CALLERS,
                                axon,
                                tokens));
            }
            contestants.add(copy.contestant());
            results = rounds.measure(contestants);
        }
        store.mustHold(rounds.acknowledged());
        return new Comparison(List.of(Kind.TODAY, Kind.STOCK_AXON, Kind.COPY_FLOOR), results);
    }
}
