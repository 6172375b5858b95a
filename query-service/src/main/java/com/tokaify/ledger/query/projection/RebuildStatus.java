package com.tokaify.ledger.query.projection;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A rebuild of this instance, under way or over.
 *
 * @param projections what is built anew, together
 * @param events applied so far
 * @param eventsPerSecond over the last seconds
 * @param percent of the stream that has been read
 * @param secondsLeft until it has read all, at the pace of the last seconds; null where that is not
 *     known
 * @param reason why it failed, or what it waits for; null where nothing is wrong
 */
record RebuildStatus(
        RebuildPhase phase,
        Instant startedAt,
        @Nullable Instant endedAt,
        List<String> projections,
        long events,
        long eventsPerSecond,
        double percent,
        @Nullable Long secondsLeft,
        @Nullable String reason) {}
