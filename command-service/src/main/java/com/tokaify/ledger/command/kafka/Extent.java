package com.tokaify.ledger.command.kafka;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/**
 * What a partition holds for a consumer: offsets from {@code begin} up to, not including, {@code
 * end}.
 */
public record Extent(TopicPartition partition, long begin, long end) {

    public static List<Extent> of(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        Map<TopicPartition, Long> begin = consumer.beginningOffsets(partitions);
        Map<TopicPartition, Long> end = consumer.endOffsets(partitions);
        return partitions.stream()
                .map(each ->
                        new Extent(
                                each,
                                Objects.requireNonNull(begin.get(each)),
                                Objects.requireNonNull(end.get(each))))
                .toList();
    }

    public boolean isEmpty() {
        return begin >= end;
    }
}
