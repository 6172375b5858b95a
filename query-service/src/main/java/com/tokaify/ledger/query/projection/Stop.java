package com.tokaify.ledger.query.projection;

import com.tokaify.ledger.events.RecordedEvent;
import com.tokaify.ledger.events.codec.EventType;
import com.tokaify.ledger.events.kafka.CloudEventHeaders;
import com.tokaify.ledger.events.kafka.EventRecords;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * Why a partition cannot be followed any further, and at which event. What the event says of itself
 * is told as it stands there, since it may be the very thing that is wrong.
 *
 * @param eventId its {@code ce_id}; null where no event was read
 * @param type its {@code ce_type}
 * @param pseq its position in the partition, as text
 * @param offset where it lies on Kafka; null where only its position is known
 */
record Stop(
        int partition,
        String reason,
        @Nullable String eventId,
        @Nullable String type,
        @Nullable String pseq,
        @Nullable Long offset) {

    /** The partition ends without an event being to blame. */
    static Stop of(int partition, String reason) {
        return new Stop(partition, reason, null, null, null, null);
    }

    /** A record that cannot be read, or that comes too early. */
    static Stop at(ConsumerRecord<byte[], byte[]> record, RuntimeException reason) {
        return new Stop(
                record.partition(),
                String.valueOf(reason.getMessage()),
                text(record, CloudEventHeaders.ID),
                text(record, CloudEventHeaders.TYPE),
                text(record, EventRecords.PSEQ),
                record.offset());
    }

    /** An event that no view can take. */
    static Stop at(RecordedEvent event, String reason) {
        return new Stop(
                event.position().partition(),
                reason,
                event.stream() + ":" + event.sequence(),
                EventType.of(event.event()).ceType(),
                Long.toString(event.position().pseq()),
                null);
    }

    private static @Nullable String text(ConsumerRecord<byte[], byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null || header.value() == null
                ? null
                : new String(header.value(), StandardCharsets.UTF_8);
    }
}
