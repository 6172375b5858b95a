package com.tokaify.ledger.command.token;

import com.tokaify.ledger.command.decision.Change;
import com.tokaify.ledger.events.RateLimits;
import org.jspecify.annotations.Nullable;

/**
 * A patch of {@link RateLimits}: in a merge patch the fields of an object are merged, too. The one
 * setting whose fields stand alone, since a token may have either limit without the other.
 */
public record RateLimitsPatch(Change<Long> requestsPerMinute, Change<Long> unitsPerMinute) {
    public RateLimitsPatch {
        new RateLimits(requestsPerMinute.value(), unitsPerMinute.value());
    }

    /** The limits once this is done; null where none is left. */
    @Nullable RateLimits of(@Nullable RateLimits now) {
        return RateLimits.orNone(
                new RateLimits(
                        requestsPerMinute.of(now == null ? null : now.requestsPerMinute()),
                        unitsPerMinute.of(now == null ? null : now.unitsPerMinute())));
    }
}
