package com.tokaify.ledger.query.projection;

import org.jspecify.annotations.Nullable;

/**
 * The end of a partition, until a new version can read on or a rebuild has mended the view.
 *
 * @param eventId its {@code ce_id}; null where no event is to blame
 * @param type its {@code ce_type}
 * @param position its position in the ledger
 * @param offset where it lies on Kafka, where that is known
 */
record StoppedPartition(
        String reason,
        @Nullable String eventId,
        @Nullable String type,
        @Nullable String position,
        @Nullable Long offset) {

    static StoppedPartition of(Stop stop) {
        return new StoppedPartition(
                stop.reason(),
                stop.eventId(),
                stop.type(),
                stop.pseq() == null ? null : stop.partition() + ":" + stop.pseq(),
                stop.offset());
    }
}
