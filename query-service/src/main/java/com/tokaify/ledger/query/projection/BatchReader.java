package com.tokaify.ledger.query.projection;

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
        List<ReceivedEvent> events = new ArrayList<>(records.count());
        Map<Integer, Long> nextOffsets = new HashMap<>();
        List<Stop> stops = new ArrayList<>();
        for (TopicPartition partition : records.partitions()) {
            for (ConsumerRecord<byte[], byte[]> record : records.records(partition)) {
                try {
                    ReceivedEvent event = ReceivedEvent.of(EventRecords.read(record));
                    long pseq = event.stored().position().pseq();
                    switch (cursor.advance(record.partition(), pseq)) {
                        case APPLY -> events.add(event);
                        case SKIP -> {}
                    }
                    nextOffsets.put(record.partition(), record.offset() + 1);
                } catch (UnreadableEvent | PartitionCursor.Gap e) {
                    stops.add(Stop.at(record, e));
                    break;
                }
            }
        }
        return new EventBatch(events, nextOffsets, stops);
    }
}
