package com.tokaify.ledger.query.projection;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the views follow the stream, and the last rebuild this instance has begun, if any.
 *
 * @param ageMillis how long ago everything was in the views that was committed then; null until
 *     they have caught up
 * @param lag records of the stream that are not in the views yet; some are markers of transactions
 * @param eventsPerSecond over the last seconds
 */
record ProjectionOverview(
        @Nullable Long ageMillis,
        long lag,
        long eventsPerSecond,
        List<ProjectionStatus> projections,
        @Nullable RebuildStatus rebuild) {}
