package com.tokaify.ledger.benchmarks;

import com.tokaify.ledger.benchmarks.Contestant.Kind;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Contestants measured in turn, round after round, every other round backwards, so that neither
 * what the machine does meanwhile nor the order favours one.
 */
final class Rounds {
    private final Options options;
    private final LedgerStore store;
    private final Consumer<String> progress;
    private long acknowledged;

    /**
     * @param progress told one line for each measurement
     */
    Rounds(Options options, LedgerStore store, Consumer<String> progress) {
        this.options = options;
        this.store = store;
        this.progress = progress;
    }

    /** Begins with a round of the product that does not count: a JVM is fast only after a while. */
    List<Result> measure(List<Contestant> contestants) throws InterruptedException, SQLException {
        for (Contestant contestant : contestants) {
            if (contestant.kind() == Kind.PRODUCT) {
                measure(contestant, "warming up");
            }
        }
        List<List<Measurement>> measurements =
                contestants.stream().<List<Measurement>>map(_ -> new ArrayList<>()).toList();
        for (int round = 0; round < options.rounds(); round++) {
            for (int turn = 0; turn < contestants.size(); turn++) {
                int i = round % 2 == 0 ? turn : contestants.size() - 1 - turn;
                measurements
                        .get(i)
                        .add(
                                measure(
                                        contestants.get(i),
                                        "round " + (round + 1) + " of " + options.rounds()));
            }
        }
        List<Result> results = new ArrayList<>();
        for (int i = 0; i < contestants.size(); i++) {
            results.add(new Result(contestants.get(i), measurements.get(i)));
        }
        return results;
    }

    /** Consumptions the product has acknowledged in all measurements. */
    long acknowledged() {
        return acknowledged;
    }

    private Measurement measure(Contestant contestant, String when)
            throws InterruptedException, SQLException {
        store.checkpoint();
        Load load = new Load(contestant.callers());
        Measurement measurement = load.run(options.warmUp(), options.window());
        if (contestant.kind() == Kind.PRODUCT) {
            acknowledged += load.acknowledged();
        }
        progress.accept(
                String.format(
                        Locale.ROOT,
                        "%s: %s, %d callers: %,.0f/s",
                        when,
                        contestant.name(),
                        contestant.callers().size(),
                        measurement.perSecond()));
        return measurement;
    }
}
