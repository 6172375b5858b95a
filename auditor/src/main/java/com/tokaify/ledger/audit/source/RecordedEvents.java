package com.tokaify.ledger.audit.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.tokaify.ledger.audit.core.LoggedEvent;
import com.tokaify.ledger.events.kafka.CloudEventHeaders;
import com.tokaify.ledger.events.kafka.EventRecords;
import java.util.Arrays;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * Reads records of {@code ledger.events} without judging them. What is missing is empty, or -1; a
 * record that names its stream in several ways names it here by all of them, which is the name of
 * none. One thread.
 */
final class RecordedEvents {
    private static final byte[] NOTHING = {};

    private final Interned streams = new Interned(4096);
    private final Interned types = new Interned(64);
    private final Interned actors = new Interned(64);

    LoggedEvent read(ConsumerRecord<byte[], byte[]> record) {
        byte[] key = record.key() == null ? NOTHING : record.key();
        byte[] subject = NOTHING;
        byte[] id = NOTHING;
        byte[] type = NOTHING;
        byte[] time = NOTHING;
        byte[] actor = NOTHING;
        byte[] correlationId = NOTHING;
        byte[] sequence = NOTHING;
        byte[] pseq = NOTHING;
        for (Header header : record.headers()) {
            byte[] value = header.value() == null ? NOTHING : header.value();
            switch (header.key()) {
                case CloudEventHeaders.SUBJECT -> subject = value;
                case CloudEventHeaders.ID -> id = value;
                case CloudEventHeaders.TYPE -> type = value;
                case CloudEventHeaders.TIME -> time = value;
                case "ce_actor" -> actor = value;
                case "ce_correlationid" -> correlationId = value;
                case "ce_sequence" -> sequence = value;
                case EventRecords.PSEQ -> pseq = value;
                default -> {
                    // Nothing an event is made of.
                }
            }
        }
        return new LoggedEvent(
                record.partition(),
                number(pseq),
                stream(key, subject, id, sequence),
                number(sequence),
                types.text(type, 0, type.length),
                new String(time, UTF_8),
                actors.text(actor, 0, actor.length),
                new String(correlationId, UTF_8),
                record.value() == null ? NOTHING : record.value());
    }

    private String stream(byte[] key, byte[] subject, byte[] id, byte[] sequence) {
        String stream = streams.text(key, 0, key.length);
        boolean agreed =
                Arrays.equals(key, subject)
                        && id.length == key.length + 1 + sequence.length
                        && Arrays.equals(id, 0, key.length, key, 0, key.length)
                        && id[key.length] == ':'
                        && Arrays.equals(
                                id, key.length + 1, id.length, sequence, 0, sequence.length);
        return agreed
                ? stream
                : stream + " or " + new String(subject, UTF_8) + " or " + new String(id, UTF_8);
    }

    /** As events write numbers; -1 is everything else. */
    private static long number(byte[] text) {
        if (text.length == 0 || text.length > 18) {
            return -1;
        }
        long number = 0;
        for (byte digit : text) {
            if (digit < '0' || digit > '9') {
                return -1;
            }
            number = number * 10 + (digit - '0');
        }
        return number;
    }
}
