package com.tokaify.ledger.query.projection;

import com.tokaify.ledger.events.RecordedEvent;
import com.tokaify.ledger.events.codec.EventCodec;
import com.tokaify.ledger.events.codec.UnreadableEvent;
import com.tokaify.ledger.events.kafka.EventRecords;
import com.tokaify.ledger.events.kafka.PartitionCursor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;

/**
 * Turns Kafka's records into events, and sees to it that none is missing and none comes twice. Not
 * thread-safe; lives as long as one session of {@link LedgerTail}.
 */
final class BatchReader {
    private final PartitionCursor cursor;

    BatchReader(PartitionCursor cursor) {
        this.cursor = cursor;
    }

    EventBatch read(ConsumerRecords<byte[], byte[]> records) {
        List<RecordedEvent> events = new ArrayList<>(records.count());
        Map<Integer, Long> nextOffsets = new HashMap<>();
        Map<Integer, String> stops = new HashMap<>();
        for (TopicPartition partition : records.partitions()) {
            try {
                for (ConsumerRecord<byte[], byte[]> record : records.records(partition)) {
                    RecordedEvent event = EventCodec.decode(EventRecords.read(record));
                    switch (cursor.advance(record.partition(), event.position().pseq())) {
                        case APPLY -> events.add(event);
                        case SKIP -> {}
                    }
                    nextOffsets.put(record.partition(), record.offset() + 1);
                }
            } catch (UnreadableEvent | PartitionCursor.Gap e) {
                stops.put(partition.partition(), String.valueOf(e.getMessage()));
            }
        }
        return new EventBatch(events, nextOffsets, stops);
    }
}
