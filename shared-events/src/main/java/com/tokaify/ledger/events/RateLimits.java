package com.tokaify.ledger.events;

import org.jspecify.annotations.Nullable;

/**
 * How much of a token may be used within a minute, at each instance that guards it.
 *
 * @param requestsPerMinute calls; null is any number
 * @param unitsPerMinute units that calls say they may cost; null is any number
 */
public record RateLimits(@Nullable Long requestsPerMinute, @Nullable Long unitsPerMinute) {
    public static final long MAX_REQUESTS_PER_MINUTE = 1_000_000_000L;
    public static final long MAX_UNITS_PER_MINUTE = 100_000_000_000L;

    public RateLimits {
        within("requestsPerMinute", requestsPerMinute, MAX_REQUESTS_PER_MINUTE);
        within("unitsPerMinute", unitsPerMinute, MAX_UNITS_PER_MINUTE);
    }

    /**
     * As people set them, where both absent says the same as none at all.
     *
     * @return null where nothing is limited
     */
    public static @Nullable RateLimits orNone(@Nullable RateLimits limits) {
        return limits == null || (limits.requestsPerMinute == null && limits.unitsPerMinute == null)
                ? null
                : limits;
    }

    private static void within(String field, @Nullable Long value, long most) {
        if (value != null && (value < 1 || value > most)) {
            throw new InvalidField(field, "must be 1 to " + most + ", or be absent for none");
        }
    }
}
