package com.tokaify.ledger.events.usage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.Schema;
import com.tokaify.ledger.events.codec.EventSchemas;
import com.tokaify.ledger.events.codec.Mutant;
import com.tokaify.ledger.events.codec.StrictJson;
import com.tokaify.ledger.events.codec.UnreadableEvent;
import com.tokaify.ledger.events.kafka.GoldenRecord;
import com.tokaify.ledger.events.kafka.RecordText;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class UsageRecordsTest {

    /** A report is, header for header and byte for byte, what was agreed with every gateway. */
    @Test
    void writtenRecordIsThatOfTheGoldenFile() throws Exception {
        GoldenRecord.usageFile().assertIs(RecordText.write(GoldenRecord.usageRecord()));
    }

    /** A report that was ever written is read back as the same report. */
    @Test
    void goldenRecordIsReadAsTheReport() throws Exception {
        assertThat(UsageRecords.read(RecordText.read(GoldenRecord.usageFile().bytes())))
                .isEqualTo(GoldenRecord.usage());
    }

    /** Where the model is not known, it travels as null. */
    @Test
    void reportWithoutAModelIsReadBack() {
        UsageReport known = GoldenRecord.usage();
        UsageReport unknown =
                new UsageReport(
                        known.tokenId(),
                        known.usageId(),
                        known.amount(),
                        null,
                        known.occurredAt(),
                        known.reporter());

        assertThat(
                        UsageRecords.read(
                                RecordText.read(
                                        RecordText.write(
                                                UsageRecords.write(
                                                        unknown, GoldenRecord.PARTITIONING)))))
                .isEqualTo(unknown);
    }

    /** Schema and reader refuse and accept the same data. */
    @Test
    void schemaAcceptsWhatTheReaderAccepts() throws Exception {
        Schema schema = EventSchemas.schema(UsageRecords.CE_TYPE);
        JsonNode json = StrictJson.MAPPER.readTree(intact().value());
        assertThat(schema.validate(json)).isEmpty();
        assertThat(EventSchemas.json(UsageRecords.CE_TYPE).path("required").valueStream())
                .extracting(JsonNode::asString)
                .containsExactlyElementsOf(json.propertyNames());

        List<Mutant> mutants =
                Stream.of(
                                Mutant.withoutAField(json),
                                Mutant.withANull(json),
                                Mutant.withAnotherType(json),
                                Mutant.withAnotherField(json),
                                Mutant.atTheEdges(json))
                        .flatMap(List::stream)
                        .toList();
        for (Mutant mutant : mutants) {
            assertThat(schema.validate(mutant.json()).isEmpty())
                    .as("the schema accepts %s", mutant)
                    .isEqualTo(isReadable(withData(mutant.bytes())));
        }
    }

    /** Data that is no report at all is unreadable, whatever it is. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{}",
                "{\"usageId\":\"a\",\"usageId\":\"b\",\"amount\":1,\"model\":null}",
                "{\"usageId\":\"a\",\"amount\":1,\"model\":null}{}"
            })
    void malformedDataIsUnreadable(String data) {
        assertUnreadable(withData(data.getBytes(UTF_8)));
    }

    /** A record without a value is no report. */
    @Test
    void recordWithoutDataIsUnreadable() {
        assertUnreadable(withData(null));
    }

    /** Without any one of these attributes nobody can tell whose usage it is, or who says so. */
    @ParameterizedTest
    @ValueSource(strings = {"ce_type", "ce_subject", "ce_time", "ce_source"})
    void missingHeaderIsUnreadable(String name) {
        ConsumerRecord<byte[], byte[]> record = intact();
        record.headers().remove(name);
        assertUnreadable(record);
    }

    /** A malformed attribute is never guessed at. */
    @ParameterizedTest
    @CsvSource({
        "ce_type, com.tokaify.ledger.usage-reported.v2",
        "ce_subject, acc_01karc8qkfe008000000000001",
        "ce_subject, tok_",
        "ce_time, yesterday",
        "ce_source, gateway:edge-1",
        "ce_source, /usage/edge-1",
        "ce_source, /usage/robot:1"
    })
    void malformedHeaderIsUnreadable(String name, String value) {
        ConsumerRecord<byte[], byte[]> record = intact();
        record.headers().remove(name);
        record.headers().add(name, value.getBytes(UTF_8));
        assertUnreadable(record);
    }

    private static ConsumerRecord<byte[], byte[]> intact() {
        return RecordText.read(RecordText.write(GoldenRecord.usageRecord()));
    }

    private static ConsumerRecord<byte[], byte[]> withData(byte @Nullable [] data) {
        ConsumerRecord<byte[], byte[]> record = intact();
        ConsumerRecord<byte[], byte[]> copy =
                new ConsumerRecord<>(record.topic(), record.partition(), 0, record.key(), data);
        for (Header header : record.headers()) {
            copy.headers().add(header);
        }
        return copy;
    }

    private static boolean isReadable(ConsumerRecord<byte[], byte[]> record) {
        try {
            UsageRecords.read(record);
            return true;
        } catch (UnreadableEvent e) {
            return false;
        }
    }

    private static void assertUnreadable(ConsumerRecord<byte[], byte[]> record) {
        assertThatThrownBy(() -> UsageRecords.read(record)).isInstanceOf(UnreadableEvent.class);
    }
}
