package com.tokaify.ledger.command.seal;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How far the log of seals may be behind the store, and what keeps it. Whatever breaks, the age
 * grows by itself. The threads of this package write, any may read.
 */
final class SealProgress {
    private final LongSupplier nanoTime;
    private volatile long sealedAsOf;
    private volatile @Nullable String sealingTrouble;
    private volatile @Nullable String publishingTrouble;

    SealProgress(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.sealedAsOf = nanoTime.getAsLong();
    }

    /** How long ago everything was sealed that was in the store; no unsealed event is older. */
    Duration age() {
        return Duration.ofNanos(nanoTime.getAsLong() - sealedAsOf);
    }

    long now() {
        return nanoTime.getAsLong();
    }

    /**
     * Everything is sealed that was in the store then.
     *
     * @param asOf when it was looked, before the store was asked
     */
    void sealedAll(long asOf) {
        sealedAsOf = asOf;
        sealingTrouble = null;
    }

    /** Another instance seals, and is the one to ask. */
    void isAnothers() {
        sealedAll(nanoTime.getAsLong());
    }

    void sealingFails(Exception why) {
        sealingTrouble = String.valueOf(why.getMessage());
    }

    void publishingFails(Exception why) {
        publishingTrouble = String.valueOf(why.getMessage());
    }

    void publishes() {
        publishingTrouble = null;
    }

    /** Why nothing is sealed, in words for an operator. */
    Optional<String> sealingTrouble() {
        return Optional.ofNullable(sealingTrouble);
    }

    /** Why seals are not told on Kafka. */
    Optional<String> publishingTrouble() {
        return Optional.ofNullable(publishingTrouble);
    }
}
