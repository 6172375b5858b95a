package com.tokaify.ledger.command.usage;

import com.tokaify.ledger.command.kafka.Extent;
import java.util.Collection;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets the consumer go on where the event store says, whenever it is given partitions.
 *
 * @param next the stored offset of each partition this instance reads, kept up to date by the
 *     intake
 */
record StoredOffsets(Consumer<?, ?> consumer, UsageTables tables, Map<Integer, Long> next)
        implements ConsumerRebalanceListener {
    private static final Logger LOG = LoggerFactory.getLogger(StoredOffsets.class);

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        partitions.forEach(partition -> next.remove(partition.partition()));
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        Map<Integer, Long> stored = tables.offsets();
        for (Extent extent : Extent.of(consumer, partitions)) {
            int partition = extent.partition().partition();
            long offset = stored.getOrDefault(partition, 0L);
            next.put(partition, offset);
            consumer.seek(extent.partition(), within(extent, offset));
        }
    }

    /**
     * Usage ids make reading again harmless, so where Kafka and the store disagree everything there
     * is is read.
     */
    private static long within(Extent extent, long offset) {
        if (offset >= extent.begin() && offset <= extent.end()) {
            return offset;
        }
        LOG.error("the intake had come to {}, Kafka has {}: usage may be lost", offset, extent);
        return extent.begin();
    }
}
