package com.tokaify.ledger.enforcement.rate;

import com.tokaify.ledger.events.RateLimits;
import com.tokaify.ledger.events.id.TokenId;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The meters of the tokens that have rate limits and were used within the last minute; others cost
 * nothing. A meter that has nothing left to work off is thrown away when many have come, so there
 * are never more than twice as many as there were tokens in use, or than {@link #FEW}.
 *
 * <p>Any number of threads: a meter is found and charged without a lock.
 */
public final class RateMeters {
    static final int FEW = 1024;

    private final ConcurrentMap<TokenId, RateMeter> meters = new ConcurrentHashMap<>();
    private final LongSupplier nanos;
    private final AtomicBoolean sweeping = new AtomicBoolean();
    private volatile int sweepAbove = FEW;

    /**
     * @param nanos a clock that only runs forward
     */
    public RateMeters(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** By the clock of this machine that only runs forward. */
    public static RateMeters system() {
        return new RateMeters(System::nanoTime);
    }

    /**
     * Charges a call where the token's limits have room for it.
     *
     * @param limits null is none
     * @param units what the call may cost, at least 1
     */
    public RateAnswer take(TokenId token, @Nullable RateLimits limits, long units) {
        if (limits == null) {
            return RateMeter.FITS;
        }
        long now = nanos.getAsLong();
        while (true) {
            RateMeter meter = meters.get(token);
            if (meter == null) {
                meter = meters.computeIfAbsent(token, _ -> new RateMeter(now));
                sweepWhereMany(now);
            }
            RateAnswer answer = meter.take(limits, units, now);
            if (answer != null) {
                return answer;
            }
            meters.remove(token, meter);
        }
    }

    /** What {@link #take} would say, without charging. */
    public RateAnswer look(TokenId token, @Nullable RateLimits limits, long units) {
        if (limits == null) {
            return RateMeter.FITS;
        }
        RateMeter meter = meters.get(token);
        return meter == null
                ? RateMeter.first(limits, units)
                : meter.look(limits, units, nanos.getAsLong());
    }

    /** How many tokens are metered at the moment. */
    public int size() {
        return meters.size();
    }

    private void sweepWhereMany(long now) {
        if (meters.size() > sweepAbove && sweeping.compareAndSet(false, true)) {
            try {
                meters.forEach((token, meter) -> {
                    if (meter.retire(now)) {
                        meters.remove(token, meter);
                    }
                });
                sweepAbove = Math.max(FEW, 2 * meters.size());
            } finally {
                sweeping.set(false);
            }
        }
    }
}
