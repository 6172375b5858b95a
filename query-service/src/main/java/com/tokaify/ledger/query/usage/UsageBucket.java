package com.tokaify.ledger.query.usage;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was used from one instant to another.
 *
 * @param endsAt the first instant that is no longer in it
 * @param models the same by model; null where it was not asked for
 */
record UsageBucket(
        Instant startsAt,
        Instant endsAt,
        @JsonUnwrapped UsageSums sums,
        @Nullable List<ModelUsage> models) {}
