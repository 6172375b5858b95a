package com.tokaify.ledger.enforcement.stream;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/**
 * Which partitions have not yet been read up to the end they had at the start, and how much of the
 * way is done. Offsets rather than events, since transactions leave markers between them. Only the
 * reader's thread uses it.
 */
final class CatchUp {
    private static final int WHOLE = 100;

    private final Map<TopicPartition, Long> ends;
    private final Map<TopicPartition, Long> away = new HashMap<>();
    private final long distance;

    CatchUp(Map<TopicPartition, Long> starts, Map<TopicPartition, Long> endOffsetsAtStart) {
        this.ends = Map.copyOf(endOffsetsAtStart);
        ends.forEach((partition, end) ->
                away.put(partition, Math.max(0, end - starts.getOrDefault(partition, 0L))));
        this.distance = left();
    }

    /** Looks where the consumer is; true once every end has been reached. */
    boolean reached(Consumer<?, ?> consumer) {
        away.replaceAll((partition, before) ->
                before == 0
                        ? 0
                        : Math.max(
                                0,
                                ends.getOrDefault(partition, 0L) - consumer.position(partition)));
        return left() == 0;
    }

    /** How much of the way is done, 0 to 100. */
    int percent() {
        return distance == 0 ? WHOLE : (int) (WHOLE - left() * WHOLE / distance);
    }

    private long left() {
        return away.values().stream().mapToLong(Long::longValue).sum();
    }
}
