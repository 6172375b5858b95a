package com.tokaify.ledger.enforcement.stream;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/**
 * Which partitions have not yet been read up to the end they had at the start. Offsets rather than
 * events, since transactions leave markers between them. Only the reader's thread uses it.
 */
final class CatchUp {
    private final Map<TopicPartition, Long> ends;

    CatchUp(Map<TopicPartition, Long> endOffsetsAtStart) {
        this.ends = new HashMap<>(endOffsetsAtStart);
    }

    /** Looks where the consumer is; true once every end has been reached. */
    boolean reached(Consumer<?, ?> consumer) {
        ends.entrySet().removeIf(end -> consumer.position(end.getKey()) >= end.getValue());
        return ends.isEmpty();
    }
}
