package com.tokaify.ledger.enforcement.view;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An instant, or never, as a count of microseconds and the few nanoseconds beyond: a long alone
 * does not hold nanoseconds in all the years that events may name.
 */
final class Expiry {
    static final long NEVER = Long.MAX_VALUE;

    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final int NANOS_PER_MICRO = 1_000;

    private Expiry() {}

    static long micros(@Nullable Instant instant) {
        return instant == null
                ? NEVER
                : instant.getEpochSecond() * MICROS_PER_SECOND
                        + instant.getNano() / NANOS_PER_MICRO;
    }

    /** What is beyond the microseconds: 0 to 999. */
    @SuppressWarnings("JavaInstantGetSecondsGetNano") // only this part is meant
    static int nanos(@Nullable Instant instant) {
        return instant == null ? 0 : instant.getNano() % NANOS_PER_MICRO;
    }

    static @Nullable Instant instant(long micros, int nanos) {
        return micros == NEVER
                ? null
                : Instant.ofEpochSecond(
                        Math.floorDiv(micros, MICROS_PER_SECOND),
                        Math.floorMod(micros, MICROS_PER_SECOND) * NANOS_PER_MICRO + nanos);
    }

    /** Whether it has come: from that very instant on. */
    static boolean hasCome(long micros, int nanos, Instant now) {
        long present = micros(now);
        return present > micros || (present == micros && nanos(now) >= nanos);
    }
}
