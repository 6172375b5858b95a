package com.tokaify.ledger.command.vault;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.tokaify.ledger.events.Actor;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.Objects;

/**
 * How often one actor may have a secret shown: whoever has taken over somebody's session gets a few
 * secrets and not all. Each instance counts by itself. Thread-safe.
 */
public final class RevealLimit {
    private static final Duration PERIOD = Duration.ofMinutes(1);

    /**
     * Actors that are remembered. Who is idle for a period has the whole allowance again anyway.
     */
    private static final int ACTORS = 10_000;

    private final int perPeriod;
    private final TimeMeter meter;
    private final Cache<Actor, Bucket> buckets =
            Caffeine.newBuilder().maximumSize(ACTORS).expireAfterAccess(PERIOD).build();

    RevealLimit(int perMinute, TimeMeter meter) {
        this.perPeriod = perMinute;
        this.meter = meter;
    }

    /** The actor has to wait. */
    public static final class Reached extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final Duration wait;

        private Reached(int perMinute, Duration wait) {
            super("At most " + perMinute + " secrets a minute are shown to one caller.");
            this.wait = wait;
        }

        /** Whole seconds, at least one. */
        public long retryAfterSeconds() {
            return Math.max(1, wait.plusSeconds(1).minusNanos(1).toSeconds());
        }
    }

    /**
     * Counts one reveal of an actor's, whatever becomes of it.
     *
     * @throws Reached where there were too many
     */
    public void count(Actor actor) {
        Bucket bucket = Objects.requireNonNull(buckets.get(actor, _ -> fullBucket()));
        ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(1);
        if (!probe.isConsumed()) {
            throw new Reached(perPeriod, Duration.ofNanos(probe.getNanosToWaitForRefill()));
        }
    }

    private Bucket fullBucket() {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(perPeriod).refillGreedy(perPeriod, PERIOD))
                .withCustomTimePrecision(meter)
                .build();
    }
}
