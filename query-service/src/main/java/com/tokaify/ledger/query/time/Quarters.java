package com.tokaify.ledger.query.time;

import java.time.Duration;
import java.time.Instant;

/**
 * Quarters of an hour, which usage is summed by: every time zone's days and hours begin with one.
 */
public final class Quarters {
    private static final long SECONDS = Duration.ofMinutes(15).toSeconds();

    private Quarters() {}

    /** The beginning of the quarter an instant lies in. */
    public static Instant startOf(Instant instant) {
        long second = instant.getEpochSecond();
        return Instant.ofEpochSecond(second - Math.floorMod(second, SECONDS));
    }

    /** The beginning of the next one. */
    public static Instant after(Instant instant) {
        return startOf(instant).plusSeconds(SECONDS);
    }
}
