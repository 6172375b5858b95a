package com.tokaify.ledger.benchmarks;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;

/**
 * The pure write path: command bus, lanes, committer and PostgreSQL, without HTTP and without
 * Kafka. Callers share the JVM with it.
 */
final class InProcessPart {
    private InProcessPart() {}

    static Comparison run(Options options, Infrastructure infrastructure, Consumer<String> progress)
            throws Exception {
        LedgerStore store = infrastructure.newStore("in_process");
        TokenPopulation tokens = new TokenPopulation(options.tokens());
        Rounds rounds = new Rounds(options, store, progress);
        int touched;
        List<Result> results;
        try (InProcessLedger ledger = new InProcessLedger(store);
                Floors floors = new Floors(store.settings().writer(), options.tokens())) {
            ledger.create(tokens);
            touched = Consumptions.touchAll(ledger, tokens);
            List<Contestant> contestants =
                    new ArrayList<>(
                            Consumptions.contestants(
                                    "in process",
                                    Collections.nCopies(Shape.mostCallers(), ledger),
                                    tokens));
            contestants.addAll(floors.contestants());
            results = rounds.measure(contestants);
        }
        store.mustHold(touched + rounds.acknowledged());
        return new Comparison(results);
    }
}
