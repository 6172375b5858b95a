package com.tokaify.ledger.events.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.tokaify.ledger.events.codec.UnreadableEvent;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * CloudEvents 1.0 in the binary mode of the Kafka binding: attributes are headers with the prefix
 * {@code ce_}, the data is the record's value. Missing or malformed attributes are {@link
 * UnreadableEvent}s.
 */
public final class CloudEventHeaders {
    public static final String ID = "ce_id";
    public static final String SOURCE = "ce_source";
    public static final String TYPE = "ce_type";
    public static final String SUBJECT = "ce_subject";
    public static final String TIME = "ce_time";

    /** Of the extension for distributed tracing; only where the event is traced. */
    public static final String TRACE_PARENT = "ce_traceparent";

    private static final String SPEC_VERSION = "ce_specversion";
    private static final byte[] VERSION_1 = "1.0".getBytes(UTF_8);
    private static final String CONTENT_TYPE = "content-type";
    private static final byte[] JSON = "application/json".getBytes(UTF_8);

    private CloudEventHeaders() {}

    /** Adds the attributes every event has. */
    public static void begin(
            Headers headers, String id, String source, String type, String subject, Instant time) {
        headers.add(SPEC_VERSION, VERSION_1);
        add(headers, ID, id);
        add(headers, SOURCE, source);
        add(headers, TYPE, type);
        add(headers, SUBJECT, subject);
        add(headers, TIME, time.toString());
        headers.add(CONTENT_TYPE, JSON);
    }

    public static void add(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(UTF_8));
    }

    /** Says where in a trace the event came about. */
    public static void addTrace(Headers headers, TraceParent cause) {
        add(headers, TRACE_PARENT, cause.toString());
    }

    /**
     * Where in a trace the event came about. Empty where nobody traces it, and where the header
     * cannot be read: no event is less true for that.
     */
    public static Optional<TraceParent> trace(Headers headers) {
        Header header = headers.lastHeader(TRACE_PARENT);
        return header == null || header.value() == null
                ? Optional.empty()
                : TraceParent.parse(new String(header.value(), UTF_8));
    }

    public static String text(Headers headers, String name) {
        return new String(bytes(headers, name), UTF_8);
    }

    /** The header as it came; not a copy. */
    static byte[] bytes(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        if (header == null || header.value() == null) {
            throw new UnreadableEvent("the record has no header " + name);
        }
        return header.value();
    }

    /** A count: 0 or more. */
    public static long number(Headers headers, String name) {
        long number = parsed(headers, name, Long::parseLong);
        if (number < 0) {
            throw new UnreadableEvent("the header " + name + " is negative: " + number);
        }
        return number;
    }

    public static Instant time(Headers headers) {
        return parsed(headers, TIME, Instant::parse);
    }

    /** The event's data, which no event of ours lacks. */
    public static byte[] data(ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null) {
            throw new UnreadableEvent("the record has no data");
        }
        return record.value();
    }

    /**
     * Reads a header through a parser whose complaint becomes an {@link UnreadableEvent} that names
     * the header.
     */
    public static <T> T parsed(Headers headers, String name, Function<String, T> parser) {
        String text = text(headers, name);
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new UnreadableEvent(
                    "the header " + name + " cannot be read: " + e.getMessage(), e);
        }
    }
}
