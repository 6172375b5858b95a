package com.tokaify.ledger.query.projection;

import org.jspecify.annotations.Nullable;

/**
 * One partition of the stream, as a projection has it.
 *
 * @param pseq of the last event in the view; 0 before the first
 * @param nextOffset where reading continues on Kafka
 * @param endOffset where the partition ends; null until Kafka has said so
 * @param stopped why it cannot be followed any further; null where it can
 */
record PartitionStatus(
        int partition,
        long pseq,
        long nextOffset,
        @Nullable Long endOffset,
        long lag,
        @Nullable StoppedPartition stopped) {}
