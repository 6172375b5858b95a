package com.tokaify.ledger.command.relay;

import java.time.Duration;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * How far Kafka may be behind the store. The relay looks where the store ends; once it has told so
 * much, everything recorded before it looked is on Kafka, however much has come since. Whatever
 * breaks on the way, the age grows by itself. The relay's thread writes, any may read.
 */
public final class RelayProgress {
    private final LongSupplier nanoTime;

    /** Where the store ended when the relay last looked and has not told all of it yet. */
    private Map<Integer, Long> ends = Map.of();

    private long lookedAt;

    /** Where the store ended when the relay last looked, and what Kafka has; empty at first. */
    private Map<Integer, Long> heads = Map.of();

    private long[] told = {};
    private volatile long toldAsOf;
    private volatile long behind;
    private volatile boolean leading;

    public RelayProgress(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.toldAsOf = nanoTime.getAsLong();
    }

    /** How long ago Kafka had everything that was in the store. */
    public Duration age() {
        return Duration.ofNanos(nanoTime.getAsLong() - toldAsOf);
    }

    /** Events that were in the store and not on Kafka when the relay last compared. */
    public long behind() {
        return behind;
    }

    /** Whether this instance is the one that relays. */
    public boolean isLeading() {
        return leading;
    }

    /** Another instance relays, and is the one to ask. */
    void isAnothers() {
        leading = false;
        behind = 0;
        ends = Map.of();
        toldAsOf = nanoTime.getAsLong();
    }

    /**
     * Where the store ends now; passed over while an earlier end has not been reached.
     *
     * @param asOf when it was looked, before the store was asked
     */
    void sees(Map<Integer, Long> storeEnds, long asOf) {
        leading = true;
        heads = storeEnds;
        compare();
        if (ends.isEmpty()) {
            ends = Map.copyOf(storeEnds);
            lookedAt = asOf;
        }
    }

    /** What Kafka has of each partition, once that is committed. */
    void told(long[] positions) {
        told = positions.clone();
        compare();
        if (ends.entrySet().stream().allMatch(end -> positions[end.getKey()] >= end.getValue())) {
            ends = Map.of();
            toldAsOf = lookedAt;
        }
    }

    private void compare() {
        if (told.length > 0) {
            behind =
                    heads.entrySet().stream()
                            .mapToLong(head -> Math.max(0, head.getValue() - told[head.getKey()]))
                            .sum();
        }
    }

    long now() {
        return nanoTime.getAsLong();
    }
}
