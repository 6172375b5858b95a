package com.tokaify.ledger.enforcement.metrics;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/**
 * The last delays that were measured, up to a number. One thread adds, any may ask; who asks while
 * one is added may miss that one.
 */
final class LatestDelays {
    private final AtomicLongArray millis;
    private volatile long added;

    LatestDelays(int most) {
        this.millis = new AtomicLongArray(most);
    }

    /** By one thread only. */
    void add(Duration delay) {
        long before = added;
        millis.setPlain((int) (before % millis.length()), delay.toMillis());
        added = before + 1;
    }

    /** Null where there is none yet. */
    @Nullable DelaySummary summary() {
        int size = (int) Math.min(added, millis.length());
        if (size == 0) {
            return null;
        }
        long[] sorted = new long[size];
        Arrays.setAll(sorted, millis::getPlain);
        Arrays.sort(sorted);
        return new DelaySummary(size, atMost(sorted, 50), atMost(sorted, 99), sorted[size - 1]);
    }

    /** What so many of a hundred do not exceed: the nearest rank. */
    private static long atMost(long[] sorted, int percent) {
        return sorted[Math.ceilDiv(sorted.length * percent, 100) - 1];
    }
}
