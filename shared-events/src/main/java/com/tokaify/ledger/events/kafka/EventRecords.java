package com.tokaify.ledger.events.kafka;

import com.tokaify.ledger.events.Actor;
import com.tokaify.ledger.events.Position;
import com.tokaify.ledger.events.StoredEvent;
import com.tokaify.ledger.events.codec.EventType;
import com.tokaify.ledger.events.codec.UnreadableEvent;
import com.tokaify.ledger.events.id.StreamId;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;

/**
 * Events as records of {@link Topics#EVENTS}: key and {@code ce_subject} the stream, {@code ce_id}
 * = {@code <stream>:<sequence>}, {@code ce_sequence}, {@code ce_time} when it was recorded, the
 * extensions {@code ce_actor} and {@code ce_correlationid}, the header {@code pseq}, and the
 * payload as it lies in the store. Headers beside these are passed over: {@code ce_traceparent} of
 * an event that is traced tells how it came about, and nothing of what it says.
 */
public final class EventRecords {
    /** The dense position in the partition, as decimal text. */
    public static final String PSEQ = "pseq";

    private static final String SOURCE = "/tokaify/ledger";
    private static final String SEQUENCE = "ce_sequence";
    private static final String ACTOR = "ce_actor";
    private static final String CORRELATION_ID = "ce_correlationid";

    private EventRecords() {}

    public static ProducerRecord<byte[], byte[]> write(StoredEvent event) {
        String stream = event.stream().toString();
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(
                        Topics.EVENTS,
                        event.position().partition(),
                        event.recordedAt().toEpochMilli(),
                        stream.getBytes(StandardCharsets.UTF_8),
                        event.payload());
        Headers headers = record.headers();
        CloudEventHeaders.begin(
                headers, event.id(), SOURCE, event.type().ceType(), stream, event.recordedAt());
        CloudEventHeaders.add(headers, SEQUENCE, Long.toString(event.sequence()));
        CloudEventHeaders.add(headers, ACTOR, event.actor().toString());
        CloudEventHeaders.add(headers, CORRELATION_ID, event.correlationId());
        CloudEventHeaders.add(headers, PSEQ, Long.toString(event.position().pseq()));
        return record;
    }

    /**
     * @throws UnreadableEvent where an attribute is missing, malformed, or contradicts another
     */
    public static StoredEvent read(ConsumerRecord<byte[], byte[]> record) {
        try {
            return readStrictly(record);
        } catch (UnreadableEvent e) {
            throw new UnreadableEvent(
                    record.topic()
                            + "-"
                            + record.partition()
                            + " offset "
                            + record.offset()
                            + ": "
                            + e.getMessage(),
                    e);
        }
    }

    private static StoredEvent readStrictly(ConsumerRecord<byte[], byte[]> record) {
        Headers headers = record.headers();
        StoredEvent event =
                new StoredEvent(
                        new Position(record.partition(), pseq(headers)),
                        CloudEventHeaders.parsed(
                                headers, CloudEventHeaders.SUBJECT, StreamId::parse),
                        CloudEventHeaders.number(headers, SEQUENCE),
                        EventType.ofCeType(CloudEventHeaders.text(headers, CloudEventHeaders.TYPE)),
                        CloudEventHeaders.time(headers),
                        CloudEventHeaders.parsed(headers, ACTOR, Actor::parse),
                        CloudEventHeaders.text(headers, CORRELATION_ID),
                        CloudEventHeaders.data(record));
        // As bytes: an id has one text form, so what was read from it need not be written again.
        byte[] subject = CloudEventHeaders.bytes(headers, CloudEventHeaders.SUBJECT);
        if (!Arrays.equals(record.key(), subject)) {
            throw new UnreadableEvent("the key is not ce_subject");
        }
        if (!isId(CloudEventHeaders.bytes(headers, CloudEventHeaders.ID), subject, event)) {
            throw new UnreadableEvent("ce_id is not ce_subject:ce_sequence");
        }
        return event;
    }

    /** Whether these bytes are {@link StoredEvent#id}, which begins with the subject. */
    private static boolean isId(byte[] id, byte[] subject, StoredEvent event) {
        int colon = subject.length;
        return id.length > colon + 1
                && Arrays.equals(id, 0, colon, subject, 0, colon)
                && id[colon] == ':'
                && isDecimal(id, colon + 1, event.sequence());
    }

    /** Whether the bytes from there on are the number, as {@link Long#toString} writes it. */
    private static boolean isDecimal(byte[] text, int from, long number) {
        long left = number;
        for (int i = text.length - 1; i >= from; i--) {
            if (text[i] != '0' + left % 10) {
                return false;
            }
            left /= 10;
            if (left == 0) {
                return i == from;
            }
        }
        return false;
    }

    public static long pseq(Headers headers) {
        return CloudEventHeaders.number(headers, PSEQ);
    }
}
