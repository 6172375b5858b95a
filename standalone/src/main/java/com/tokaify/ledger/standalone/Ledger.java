package com.tokaify.ledger.standalone;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * All processes of one ledger, started in order and stopped in the reverse one, so that whoever
 * writes is gone before what it writes to. Those of one stage wait for one another by themselves
 * and are started at the same time, since each start has moments in which a processor has nothing
 * to do. Started by one thread; stopped by any, also while the start is still going on, which it
 * then ends.
 */
final class Ledger {
    private final List<List<SupervisedChild>> stages;
    private final List<SupervisedChild> children;
    private final Terminal terminal;
    private final Thread starter = Thread.currentThread();
    private final CountDownLatch startEnded = new CountDownLatch(1);

    /**
     * @param stages each needs those before it
     */
    Ledger(List<List<Child>> stages, Terminal terminal) {
        this.stages =
                stages.stream()
                        .map(stage ->
                                stage.stream()
                                        .map(child -> new SupervisedChild(child, terminal))
                                        .toList())
                        .toList();
        this.children = this.stages.stream().flatMap(List::stream).toList();
        this.terminal = terminal;
    }

    /**
     * Where one of a stage fails, the others of it are still waited for, and the rest is not
     * started.
     */
    void start() throws IOException, InterruptedException {
        try {
            for (List<SupervisedChild> stage : stages) {
                startAtOnce(stage);
            }
        } finally {
            startEnded.countDown();
        }
    }

    private static void startAtOnce(List<SupervisedChild> stage)
            throws IOException, InterruptedException {
        List<Callable<SupervisedChild>> starts = new ArrayList<>();
        for (SupervisedChild child : stage) {
            starts.add(() -> {
                child.start();
                return child;
            });
        }
        // An interrupt of the starter reaches every start that is under way.
        try (ExecutorService starters = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<SupervisedChild> started : starters.invokeAll(starts)) {
                started.get();
            }
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case IOException failure -> throw failure;
                case RuntimeException failure -> throw failure;
                case null, default -> throw new IllegalStateException("a start ended", e);
            }
        }
    }

    /** Does nothing at a second call. */
    synchronized void stop() throws InterruptedException {
        if (startEnded.getCount() > 0) {
            starter.interrupt();
            startEnded.await();
        }
        if (children.stream().anyMatch(SupervisedChild::isRunning)) {
            terminal.line("Stopping.");
        }
        for (SupervisedChild child : children.reversed()) {
            child.stop();
        }
    }

    /** A line for each process and where it answers. */
    void printAddresses() {
        for (SupervisedChild child : children) {
            terminal.line(String.format("  %-20s %s", child.name(), child.addresses()));
        }
    }
}
