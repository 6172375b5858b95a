package com.tokaify.ledger.enforcement.rate;

import com.tokaify.ledger.events.RateLimits;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What one token has used of its minute, by the generic cell rate algorithm: of each limit one
 * point in time is kept, until when what was used so far is worked off at the limit's pace. A use
 * fits where that point then lies at most a minute ahead. So a token that rested may use the whole
 * minute's worth at once, and from then on as much as the limit's pace gives back.
 *
 * <p>Any number of threads, no locks. Both limits are charged in one step or neither is. In memory
 * only: an instance that starts knows of no use.
 */
final class RateMeter {
    static final RateAnswer FITS = new RateAnswer.Fits();
    private static final RateAnswer NEVER = new RateAnswer.Never();
    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);
    private static final long NANOS_PER_MICRO = TimeUnit.MICROSECONDS.toNanos(1);
    private static final long MICROS_PER_MINUTE = TimeUnit.MINUTES.toMicros(1);

    /** No use fits any more, since this meter was thrown away: another one counts now. */
    private static final Level GONE = new Level(0, 0);

    /**
     * Until when what was used of each limit is worked off, on the clock of the caller. No record:
     * one level is not as good as another that is equal, since one of them is {@link #GONE}.
     */
    private static final class Level {
        private final long requests;
        private final long units;

        private Level(long requests, long units) {
            this.requests = requests;
            this.units = units;
        }
    }

    private final AtomicReference<Level> level;

    RateMeter(long now) {
        this.level = new AtomicReference<>(new Level(now, now));
    }

    /**
     * Charges a call where both limits have room for it.
     *
     * @return what the limits say; null where this meter is gone
     */
    @Nullable RateAnswer take(RateLimits limits, long units, long now) {
        while (true) {
            Level before = level.get();
            if (before == GONE) {
                return null;
            }
            RateAnswer answer = answer(before, limits, units, now);
            if (!answer.fits() || level.compareAndSet(before, after(before, limits, units, now))) {
                return answer;
            }
        }
    }

    /** What {@link #take} would say, without charging. */
    RateAnswer look(RateLimits limits, long units, long now) {
        Level before = level.get();
        return before == GONE ? first(limits, units) : answer(before, limits, units, now);
    }

    /**
     * Throws the meter away where it says no more than a new one would.
     *
     * @return whether it is gone
     */
    boolean retire(long now) {
        Level before = level.get();
        boolean idle = before.requests - now <= 0 && before.units - now <= 0;
        return before == GONE || (idle && level.compareAndSet(before, GONE));
    }

    /** What the limits say of the first use there ever was. */
    static RateAnswer first(RateLimits limits, long units) {
        return answer(new Level(0, 0), limits, units, 0);
    }

    private static RateAnswer answer(Level level, RateLimits limits, long units, long now) {
        Long ofUnits = limits.unitsPerMinute();
        if (ofUnits != null && units > ofUnits) {
            return NEVER;
        }
        Level after = after(level, limits, units, now);
        long wait = Math.max(after.requests - now, after.units - now) - MINUTE;
        return wait <= 0 ? FITS : RateAnswer.after(wait);
    }

    private static Level after(Level level, RateLimits limits, long units, long now) {
        return new Level(
                later(level.requests, limits.requestsPerMinute(), 1, now),
                later(level.units, limits.unitsPerMinute(), units, now));
    }

    /** Differences are compared, since the clock may pass the largest number. */
    private static long later(long until, @Nullable Long limit, long used, long now) {
        long from = until - now > 0 ? until : now;
        return limit == null ? from : from + nanos(used, limit);
    }

    /**
     * How long the limit's pace takes for so much. Rounded down by less than a nanosecond, so that
     * the whole minute's worth fits at once; but something is never nothing.
     *
     * @param used at most the limit
     */
    private static long nanos(long used, long limit) {
        // In two steps, since the product of the largest limit and a minute's nanoseconds is none.
        long micros = used * MICROS_PER_MINUTE;
        long rest = micros % limit * NANOS_PER_MICRO / limit;
        return Math.max(1, micros / limit * NANOS_PER_MICRO + rest);
    }
}
