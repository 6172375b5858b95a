package com.tokaify.ledger.standalone;

import java.time.Duration;
import java.time.LocalTime;

/**
 * How a day's traffic comes: little at midnight, most at noon, and as many calls as asked for on
 * the average. Parts of the day are numbers from 0 to 1.
 *
 * @param rate calls a second on the average
 * @param length how long the day takes that is played
 */
record DemoDay(int rate, Duration length) {
    /** At noon there is so much more than on the average, and at midnight so much less. */
    private static final double SWING = 0.8;

    private static final double SECONDS_PER_DAY = Duration.ofDays(1).toSeconds();

    /** All calls of the day. */
    long calls() {
        return Math.max(1, Math.round(rate * length.toMillis() / 1000.0));
    }

    /** How much of the day is over after this time. */
    double part(Duration played) {
        return Math.min(1, (double) played.toNanos() / length.toNanos());
    }

    /** How many calls there are from midnight until then. */
    long callsUntil(double part) {
        double share = part - SWING * Math.sin(2 * Math.PI * part) / (2 * Math.PI);
        return Math.round(calls() * share);
    }

    /** What a clock of the played day shows. */
    static LocalTime clock(double part) {
        long second = Math.min((long) (part * SECONDS_PER_DAY), (long) SECONDS_PER_DAY - 1);
        return LocalTime.ofSecondOfDay(second).withSecond(0);
    }
}
