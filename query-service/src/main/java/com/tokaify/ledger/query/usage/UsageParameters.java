package com.tokaify.ledger.query.usage;

import com.tokaify.ledger.query.time.Buckets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a query for usage, as the document lists them.
 *
 * @param bucket how long a bucket is: {@code hour} or {@code day}; if not given, {@code day}
 * @param from the bucket this instant lies in comes first; if not given, 30 days or 24 hours are
 *     told
 * @param to the last bucket begins before this instant; if not given, it is the running one. At
 *     most 1000 buckets
 * @param timeZone whose hours and days are meant, e.g. {@code Asia/Shanghai}; if not given, {@code
 *     UTC}
 * @param groupBy {@code model} tells the models of each bucket
 */
record UsageParameters(
        Buckets.@Nullable Size bucket,
        @Nullable Instant from,
        @Nullable Instant to,
        @Nullable String timeZone,
        @Nullable String groupBy) {}
