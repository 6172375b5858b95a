package com.tokaify.ledger.events.seal;

import com.tokaify.ledger.events.codec.StrictJson;
import com.tokaify.ledger.events.codec.UnreadableEvent;
import com.tokaify.ledger.events.kafka.CloudEventHeaders;
import com.tokaify.ledger.events.kafka.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;

/**
 * Seals as records of {@link Topics#SEALS}: a CloudEvent {@code com.tokaify.ledger.sealed.v1} whose
 * key and subject are the log's size with it, and whose {@code ce_id} is {@code seal:<size>}.
 * Written in order and at least once: a reader skips sizes it has.
 */
public final class SealRecords {
    /** The one type on the topic. */
    public static final String CE_TYPE = "com.tokaify.ledger.sealed.v1";

    private static final String SOURCE = "/tokaify/ledger";
    private static final String ID_PREFIX = "seal:";
    private static final ObjectWriter WRITER = StrictJson.MAPPER.writerFor(Seal.class);
    private static final ObjectReader READER = StrictJson.MAPPER.readerFor(Seal.class);

    private SealRecords() {}

    public static ProducerRecord<byte[], byte[]> write(Seal seal, Instant signedAt) {
        String size = Long.toString(seal.size());
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(
                        Topics.SEALS,
                        0,
                        signedAt.toEpochMilli(),
                        size.getBytes(StandardCharsets.UTF_8),
                        WRITER.writeValueAsBytes(seal));
        CloudEventHeaders.begin(
                record.headers(), ID_PREFIX + size, SOURCE, CE_TYPE, size, signedAt);
        return record;
    }

    /**
     * @throws UnreadableEvent where an attribute or a field is missing, malformed or contradicts
     *     another
     */
    public static Seal read(ConsumerRecord<byte[], byte[]> record) {
        String type = CloudEventHeaders.text(record.headers(), CloudEventHeaders.TYPE);
        if (!type.equals(CE_TYPE)) {
            throw new UnreadableEvent("unknown type of seal: " + type);
        }
        Seal seal = StrictJson.read(READER, Seal.class, CloudEventHeaders.data(record), CE_TYPE);
        String size = CloudEventHeaders.text(record.headers(), CloudEventHeaders.SUBJECT);
        if (!size.equals(Long.toString(seal.size()))) {
            throw new UnreadableEvent("ce_subject is " + size + ", the seal's size " + seal.size());
        }
        return seal;
    }
}
