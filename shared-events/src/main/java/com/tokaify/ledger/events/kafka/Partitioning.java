package com.tokaify.ledger.events.kafka;

import com.tokaify.ledger.events.id.StreamId;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Utils;

/**
 * Which partition a stream lives in: murmur2 of its text form, as Kafka's default partitioner
 * computes it, so that any producer in any language agrees. The number of partitions is fixed for
 * the life of a ledger.
 */
public record Partitioning(int partitions) {
    public static final int DEFAULT_PARTITIONS = 64;

    public Partitioning {
        if (partitions < 1 || partitions > Short.MAX_VALUE) {
            throw new IllegalArgumentException("partitions must be 1 to " + Short.MAX_VALUE);
        }
    }

    public int partitionOf(StreamId stream) {
        byte[] key = stream.toString().getBytes(StandardCharsets.UTF_8);
        return Utils.toPositive(Utils.murmur2(key)) % partitions;
    }
}
