package com.tokaify.ledger.benchmarks;

import com.tokaify.ledger.benchmarks.Contestant.Kind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The pure write path: command bus, lanes, committer and PostgreSQL, without HTTP and without
 * Kafka, beside what people do today, stock Axon, and a bare COPY. Each in a JVM of its own, which
 * its callers share with it.
 */
final class InProcessPart {
    /** With more, aggregates locked one by one let hot tokens starve. */
    private static final List<Integer> AXON_CALLERS = List.of(64, 256);

    private static final int COPY_ROWS = 1_000;

    private final RoadProcess ledger;
    private final RoadProcess today;
    private final RoadProcess axon;
    private final List<Contestant> contestants = new ArrayList<>();

    private InProcessPart(RoadProcess ledger, RoadProcess today, RoadProcess axon) {
        this.ledger = ledger;
        this.today = today;
        this.axon = axon;
        for (Skew skew : Skew.values()) {
            compete(skew);
        }
    }

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
        Path file = infrastructure.data("tokens");
        tokens.write(file);
        Rounds rounds = new Rounds(options, store::checkpoint, options.settle(), progress);
        List<Result> results;
        try (RoadProcess ledger = RoadProcess.start(InProcessRoad.LEDGER, store, file);
                RoadProcess today =
                        RoadProcess.start(
                                InProcessRoad.TODAY, infrastructure.newStore("today"), file);
                RoadProcess axon =
                        RoadProcess.start(
                                InProcessRoad.STOCK_AXON,
                                infrastructure.newStore("stock_axon"),
                                file);
                CopyClient copy =
                        new CopyClient(
                                store.settings().writer(),
                                new FloorRows(options.tokens()).writer(0),
                                COPY_ROWS)) {
            InProcessPart part = new InProcessPart(ledger, today, axon);
            part.contestants.add(copy.contestant());
            results = rounds.measure(part.contestants);
        }
        store.mustHold(rounds.acknowledged());
        return new Comparison(List.of(Kind.TODAY, Kind.STOCK_AXON, Kind.COPY_FLOOR), results);
    }

    private void compete(Skew skew) {
        for (Shape shape : Shape.values()) {
            contestants.add(
                    ledger.contestant(
                            "in process, " + shape.title(),
                            skew,
                            Kind.PRODUCT,
                            shape.callers(),
                            shape.items()));
        }
        for (int callers : Shape.singleCallers()) {
            contestants.add(
                    today.contestant("today: UPDATE and INSERT", skew, Kind.TODAY, callers, 1));
        }
        for (int callers : AXON_CALLERS) {
            contestants.add(
                    axon.contestant("stock Axon over JDBC", skew, Kind.STOCK_AXON, callers, 1));
        }
    }
}
