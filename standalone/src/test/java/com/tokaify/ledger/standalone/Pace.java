package com.tokaify.ledger.standalone;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets the callers of a test go on, with a rest after each call, until it stops them. Callers that
 * take no rest leave no processor for what is started again, and on a small machine nothing is ever
 * ready. Thread-safe.
 */
final class Pace {
    private final long restMillis;
    private final CountDownLatch stop = new CountDownLatch(1);

    Pace(Duration rest) {
        this.restMillis = rest.toMillis();
    }

    /** Whether to make another call, after a rest. */
    boolean goesOn() {
        try {
            return !stop.await(restMillis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    void stop() {
        stop.countDown();
    }

    boolean isStopped() {
        return stop.getCount() == 0;
    }
}
