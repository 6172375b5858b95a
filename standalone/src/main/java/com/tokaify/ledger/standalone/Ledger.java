package com.tokaify.ledger.standalone;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * All processes of one ledger, started in order and stopped in the reverse one, so that whoever
 * writes is gone before what it writes to. Started by one thread; stopped by any, also while the
 * start is still going on, which it then ends.
 */
final class Ledger {
    private final List<SupervisedChild> children;
    private final Terminal terminal;
    private final Thread starter = Thread.currentThread();
    private final CountDownLatch startEnded = new CountDownLatch(1);

    Ledger(List<Child> children, Terminal terminal) {
        this.children =
                children.stream().map(child -> new SupervisedChild(child, terminal)).toList();
        this.terminal = terminal;
    }

    void start() throws IOException, InterruptedException {
        try {
            for (SupervisedChild child : children) {
                child.start();
            }
        } finally {
            startEnded.countDown();
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
