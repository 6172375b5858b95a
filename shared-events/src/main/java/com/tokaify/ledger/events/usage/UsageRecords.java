package com.tokaify.ledger.events.usage;

import com.tokaify.ledger.events.Actor;
import com.tokaify.ledger.events.InvalidField;
import com.tokaify.ledger.events.codec.StrictJson;
import com.tokaify.ledger.events.codec.UnreadableEvent;
import com.tokaify.ledger.events.id.TokenId;
import com.tokaify.ledger.events.kafka.CloudEventHeaders;
import com.tokaify.ledger.events.kafka.Partitioning;
import com.tokaify.ledger.events.kafka.Topics;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;

/**
 * Usage reports as records of {@link Topics#USAGE}: a CloudEvent {@code
 * com.tokaify.ledger.usage-reported.v1} whose key and subject are the token, whose {@code ce_id} is
 * {@code <token>:<usageId>}, whose {@code ce_source} names the reporter as {@code
 * /usage/<kind>:<id>}, and whose data is {@code {"usageId", "amount", "model"}}.
 */
public final class UsageRecords {
    /** The one type on the topic. */
    public static final String CE_TYPE = "com.tokaify.ledger.usage-reported.v1";

    private static final String SOURCE_PREFIX = "/usage/";
    private static final ObjectWriter WRITER = StrictJson.MAPPER.writerFor(Data.class);
    private static final ObjectReader READER = StrictJson.MAPPER.readerFor(Data.class);

    private record Data(String usageId, long amount, @Nullable String model) {}

    private UsageRecords() {}

    public static ProducerRecord<byte[], byte[]> write(
            UsageReport report, Partitioning partitioning) {
        String token = report.tokenId().toString();
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(
                        Topics.USAGE,
                        partitioning.partitionOf(report.tokenId()),
                        token.getBytes(StandardCharsets.UTF_8),
                        WRITER.writeValueAsBytes(
                                new Data(report.usageId(), report.amount(), report.model())));
        CloudEventHeaders.begin(
                record.headers(),
                token + ":" + report.usageId(),
                SOURCE_PREFIX + report.reporter(),
                CE_TYPE,
                token,
                report.occurredAt());
        return record;
    }

    /**
     * @throws UnreadableEvent where an attribute or a field is missing, malformed or breaks a rule
     */
    public static UsageReport read(ConsumerRecord<byte[], byte[]> record) {
        Headers headers = record.headers();
        String type = CloudEventHeaders.text(headers, CloudEventHeaders.TYPE);
        if (!type.equals(CE_TYPE)) {
            throw new UnreadableEvent("unknown type of usage report: " + type);
        }
        Data data = StrictJson.read(READER, Data.class, CloudEventHeaders.data(record), CE_TYPE);
        try {
            return new UsageReport(
                    CloudEventHeaders.parsed(headers, CloudEventHeaders.SUBJECT, TokenId::parse),
                    data.usageId(),
                    data.amount(),
                    data.model(),
                    CloudEventHeaders.time(headers),
                    CloudEventHeaders.parsed(
                            headers, CloudEventHeaders.SOURCE, UsageRecords::reporter));
        } catch (IllegalArgumentException e) {
            throw new UnreadableEvent("the usage report breaks a rule: " + e.getMessage(), e);
        }
    }

    private static Actor reporter(String source) {
        if (!source.startsWith(SOURCE_PREFIX)) {
            throw new InvalidField("source", "must be " + SOURCE_PREFIX + "<kind>:<id>");
        }
        return Actor.parse(source.substring(SOURCE_PREFIX.length()));
    }
}
