package com.tokaify.ledger.events.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/**
 * A Kafka record as lines of text, one per part, and back: what golden records are written in.
 * Everything in our records is UTF-8 without line breaks, so nothing is lost.
 */
public final class RecordText {
    private static final String HEADER = "header ";
    private static final String BETWEEN = ": ";

    private RecordText() {}

    public static byte[] write(ProducerRecord<byte[], byte[]> record) {
        StringBuilder text = new StringBuilder();
        line(text, "topic", record.topic());
        line(text, "partition", String.valueOf(record.partition()));
        line(text, "timestamp", record.timestamp() == null ? "-" : record.timestamp().toString());
        for (Header header : record.headers()) {
            line(text, HEADER + header.key(), new String(header.value(), UTF_8));
        }
        line(text, "key", new String(record.key(), UTF_8));
        line(text, "value", new String(record.value(), UTF_8));
        return text.toString().getBytes(UTF_8);
    }

    public static ConsumerRecord<byte[], byte[]> read(byte[] text) {
        String[] lines = new String(text, UTF_8).split("\n");
        Headers headers = new RecordHeaders();
        for (String line : lines) {
            if (line.startsWith(HEADER)) {
                String[] parts = line.substring(HEADER.length()).split(BETWEEN, 2);
                headers.add(parts[0], parts[1].getBytes(UTF_8));
            }
        }
        return new ConsumerRecord<>(
                value(lines, "topic"),
                Integer.parseInt(value(lines, "partition")),
                0,
                ConsumerRecord.NO_TIMESTAMP,
                TimestampType.CREATE_TIME,
                0,
                0,
                value(lines, "key").getBytes(UTF_8),
                value(lines, "value").getBytes(UTF_8),
                headers,
                Optional.empty());
    }

    private static void line(StringBuilder text, String name, String value) {
        text.append(name).append(BETWEEN).append(value).append('\n');
    }

    private static String value(String[] lines, String name) {
        for (String line : lines) {
            if (line.startsWith(name + BETWEEN)) {
                return line.substring(name.length() + BETWEEN.length());
            }
        }
        throw new IllegalArgumentException("the golden record has no line " + name);
    }
}
