package com.tokaify.ledger.enforcement.rate;

import java.util.concurrent.TimeUnit;

/** What a token's rate limits say of a call. */
public sealed interface RateAnswer {
    default boolean fits() {
        return this instanceof Fits;
    }

    /** There is room, or no limit. */
    record Fits() implements RateAnswer {}

    /**
     * There will be room.
     *
     * @param seconds until then, rounded up
     */
    record Later(long seconds) implements RateAnswer {}

    /** The call alone is more than a minute may hold. */
    record Never() implements RateAnswer {}

    static RateAnswer after(long nanos) {
        long second = TimeUnit.SECONDS.toNanos(1);
        return new Later((nanos + second - 1) / second);
    }
}
