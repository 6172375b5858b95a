package com.tokaify.ledger.query.projection;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far one projection is.
 *
 * @param reason what it waits for, why it fails, or what it is doing; null where it just follows
 */
record ProjectionStatus(
        String name,
        ProjectionState state,
        @Nullable String reason,
        long lag,
        List<PartitionStatus> partitions) {}
