package com.tokaify.ledger.enforcement.reservation;

import com.tokaify.ledger.enforcement.usage.PendingUsage;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets go of what is in flight for too long, twice a second, on one named thread. A hold that is
 * over counts that much longer at most: the safe side.
 */
public final class Sweeper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Sweeper.class);
    private static final Duration PERIOD = Duration.ofMillis(500);

    private final Reservations reservations;
    private final PendingUsage pending;
    private final Thread thread;
    private final CountDownLatch closing = new CountDownLatch(1);

    public Sweeper(Reservations reservations, PendingUsage pending) {
        this.reservations = reservations;
        this.pending = pending;
        this.thread = Thread.ofPlatform().name("in-flight-sweeper").unstarted(this::run);
    }

    public void start() {
        thread.start();
    }

    private void run() {
        try {
            while (!closing.await(PERIOD.toMillis(), TimeUnit.MILLISECONDS)) {
                sweep();
            }
        } catch (InterruptedException e) {
            LOG.debug("the sweeper was told to stop", e);
        }
    }

    private void sweep() {
        try {
            reservations.expireDue();
            pending.giveUpOverdue();
        } catch (RuntimeException e) {
            // What it did not let go of counts as spent until the next time.
            LOG.error("sweeping failed unexpectedly, trying again", e);
        }
    }

    @Override
    public void close() {
        closing.countDown();
    }
}
