package com.tokaify.ledger.enforcement.reservation;

import com.tokaify.ledger.enforcement.usage.PendingUsage;
import com.tokaify.ledger.service.worker.Worker;
import java.time.Duration;
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
    private final Worker worker = new Worker("in-flight-sweeper", this::run);

    public Sweeper(Reservations reservations, PendingUsage pending) {
        this.reservations = reservations;
        this.pending = pending;
    }

    public void start() {
        worker.start();
    }

    private void run() {
        while (!worker.isClosing()) {
            sweep();
            worker.pause(PERIOD);
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
        worker.close();
    }
}
