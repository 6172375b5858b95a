package com.tokaify.ledger.benchmarks;

import com.tokaify.ledger.local.LocalKafka;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * A ledger as it is deployed, with servers of its own and all tokens in it, and who books on it
 * over HTTP. One thread.
 */
final class RunningLedger implements AutoCloseable {
    private static final Duration RELAYED_LIMIT = Duration.ofMinutes(5);
    private static final Duration SEALED_LIMIT = Duration.ofMinutes(2);
    private static final Duration GLANCE = Duration.ofMillis(100);

    private final Infrastructure infrastructure;
    private final LedgerStore store;
    private final TokenPopulation tokens;
    private final List<HttpBookkeeper> bookkeepers = new ArrayList<>();
    private long acknowledged;

    private RunningLedger(
            Infrastructure infrastructure, LedgerStore store, TokenPopulation tokens) {
        this.infrastructure = infrastructure;
        this.store = store;
        this.tokens = tokens;
    }

    /**
     * @param callers the most that book at a time
     */
    static RunningLedger start(Options options, TokenPopulation tokens, boolean seals, int callers)
            throws Exception {
        Infrastructure infrastructure = Infrastructure.start();
        try {
            LedgerStore store = infrastructure.newStore("ledger");
            try (InProcessLedger ledger = new InProcessLedger(store.settings())) {
                ledger.create(tokens);
            }
            store.settle();
            LocalKafka kafka = infrastructure.startKafka();
            Service command =
                    infrastructure.startCommandService(
                            options.jar(Service.COMMAND), store, kafka, seals);
            RunningLedger running = new RunningLedger(infrastructure, store, tokens);
            for (int i = 0; i < callers; i++) {
                running.bookkeepers.add(new HttpBookkeeper(command.port()));
            }
            CpuClock.awaitQuiet(RELAYED_LIMIT);
            return running;
        } catch (Exception e) {
            infrastructure.close();
            throw e;
        }
    }

    /**
     * Books for as long as both take together.
     *
     * @param settle load that is not counted
     */
    Measurement measure(Shape shape, Duration settle, Duration window) throws InterruptedException {
        Measurement measurement =
                new Load(
                                bookkeepers.subList(0, shape.callers()).stream()
                                        .map(each ->
                                                Consumptions.caller(
                                                        each, Skew.ZIPF, tokens, shape.items()))
                                        .toList())
                        .run(settle, window);
        acknowledged += measurement.acknowledged();
        return measurement;
    }

    LedgerStore store() {
        return store;
    }

    String postgresVersion() throws SQLException {
        return infrastructure.postgresVersion();
    }

    /**
     * @throws IllegalStateException where something is not there that was acknowledged
     */
    void mustHoldEverything() throws SQLException {
        store.mustHold(acknowledged);
    }

    /**
     * @throws IllegalStateException where something is not sealed for long
     */
    void mustSealEverything() throws SQLException {
        long deadline = System.nanoTime() + SEALED_LIMIT.toNanos();
        while (store.sealed() < store.committed()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(
                        "of "
                                + store.committed()
                                + " events only "
                                + store.sealed()
                                + " are sealed");
            }
            LockSupport.parkNanos(GLANCE.toNanos());
        }
    }

    @Override
    public void close() throws IOException {
        for (HttpBookkeeper each : bookkeepers) {
            each.close();
        }
        infrastructure.close();
    }
}
