package com.tokaify.ledger.console;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** The system's time, moved on by as much as a test likes. Thread-safe. */
public final class MovableClock implements InstantSource {
    private volatile Duration ahead = Duration.ZERO;

    @Override
    public Instant instant() {
        return Instant.now().plus(ahead);
    }

    public void advance(Duration by) {
        ahead = ahead.plus(by);
    }

    /** Back to the system's time. */
    public void reset() {
        ahead = Duration.ZERO;
    }
}
