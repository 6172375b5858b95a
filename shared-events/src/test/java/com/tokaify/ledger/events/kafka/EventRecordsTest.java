package com.tokaify.ledger.events.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tokaify.ledger.events.StoredEvent;
import com.tokaify.ledger.events.codec.EventCodec;
import com.tokaify.ledger.events.codec.GoldenFile;
import com.tokaify.ledger.events.codec.UnreadableEvent;
import com.tokaify.ledger.events.id.StreamId;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventRecordsTest {

    static List<StoredEvent> examples() {
        return GoldenRecord.events();
    }

    /** A record is, header for header and byte for byte, what was agreed with every consumer. */
    @ParameterizedTest
    @MethodSource("examples")
    void writtenRecordIsThatOfTheGoldenFile(StoredEvent event) throws Exception {
        GoldenRecord.file(event).assertIs(RecordText.write(EventRecords.write(event)));
    }

    /** A record that was ever written is read back as the same event, at the same position. */
    @ParameterizedTest
    @MethodSource("examples")
    void goldenRecordIsReadAsTheEvent(StoredEvent event) throws Exception {
        StoredEvent read = EventRecords.read(RecordText.read(GoldenRecord.file(event).bytes()));

        assertThat(EventCodec.decode(read)).isEqualTo(EventCodec.decode(event));
        assertThat(read.payload()).isEqualTo(event.payload());
    }

    /** Every family of events has a golden record, and no golden record is left behind. */
    @Test
    void everyFamilyHasAGoldenRecord() throws Exception {
        assertThat(examples().stream().<Class<?>>map(event -> event.stream().getClass()).distinct())
                .containsExactlyInAnyOrder(StreamId.class.getPermittedSubclasses());
        assertThat(GoldenFile.all("records", ".txt"))
                .containsExactlyInAnyOrderElementsOf(
                        Stream.concat(
                                        examples().stream().map(GoldenRecord::file),
                                        Stream.of(
                                                GoldenRecord.usageFile(), GoldenRecord.sealFile()))
                                .toList());
    }

    /** Without any one of its attributes a record cannot be placed, and stops the reader. */
    @ParameterizedTest
    @CsvSource({
        "ce_id",
        "ce_type",
        "ce_subject",
        "ce_time",
        "ce_sequence",
        "ce_actor",
        "ce_correlationid",
        "pseq"
    })
    void missingHeaderIsUnreadable(String name) {
        assertUnreadable(with(name, null), name);
    }

    /** A malformed attribute, or one that contradicts another, stops the reader. */
    @ParameterizedTest
    @CsvSource({
        "ce_type, com.tokaify.ledger.token-created.v2, token-created.v2",
        "ce_type, TokenCreated, TokenCreated",
        "ce_subject, tok_01karc8qkff8drrb9y9xd6pz4c, key",
        "ce_subject, token, ce_subject",
        "ce_id, tok_01karc8qkff8drrb9y9xd6pz4d:1, ce_id",
        "ce_time, 2026-11-23, ce_time",
        "ce_sequence, one, ce_sequence",
        "ce_sequence, -1, ce_sequence",
        "ce_sequence, 1, ce_id",
        "ce_actor, robot:1, ce_actor",
        "pseq, -1, pseq",
        "pseq, 1.0, pseq",
        "pseq, '', pseq"
    })
    void malformedHeaderIsUnreadable(String name, String value, String complaint) {
        assertUnreadable(with(name, value), complaint);
    }

    /** A trace tells how an event came about: with it or with nonsense it is the same event. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331",
                ""
            })
    void whetherAnEventIsTracedChangesNothing(String trace) {
        StoredEvent read = EventRecords.read(with(CloudEventHeaders.TRACE_PARENT, trace));

        assertThat(EventCodec.decode(read)).isEqualTo(EventCodec.decode(examples().getFirst()));
    }

    /** A record without a value is no event: the topic is never compacted. */
    @Test
    void recordWithoutDataIsUnreadable() {
        ConsumerRecord<byte[], byte[]> record = intact();
        assertUnreadable(copy(record, record.key(), null), "data");
    }

    /** The key decides the partition, so it must be the stream the event is about. */
    @Test
    void recordUnderAnotherKeyIsUnreadable() {
        ConsumerRecord<byte[], byte[]> record = intact();
        assertUnreadable(copy(record, "catalog".getBytes(UTF_8), record.value()), "key");
        assertUnreadable(copy(record, null, record.value()), "key");
    }

    /** An operator finds the bad record from the message alone. */
    @Test
    void complaintNamesTopicPartitionAndOffset() {
        assertUnreadable(with("ce_type", null), "ledger.events-" + intact().partition());
        assertUnreadable(with("ce_type", null), "offset 0");
    }

    /** Where the payload cannot be read, the complaint names the event and its position. */
    @Test
    void complaintAboutThePayloadNamesTheEvent() {
        ConsumerRecord<byte[], byte[]> record = intact();
        StoredEvent event = EventRecords.read(copy(record, record.key(), "{}".getBytes(UTF_8)));

        assertThatThrownBy(() -> EventCodec.decode(event))
                .isInstanceOf(UnreadableEvent.class)
                .hasMessageContaining(event.id())
                .hasMessageContaining(event.position().toString());
    }

    private static ConsumerRecord<byte[], byte[]> intact() {
        return RecordText.read(RecordText.write(EventRecords.write(examples().getFirst())));
    }

    private static ConsumerRecord<byte[], byte[]> with(String name, @Nullable String value) {
        ConsumerRecord<byte[], byte[]> record = intact();
        record.headers().remove(name);
        if (value != null) {
            record.headers().add(name, value.getBytes(UTF_8));
        }
        return record;
    }

    private static ConsumerRecord<byte[], byte[]> copy(
            ConsumerRecord<byte[], byte[]> record, byte @Nullable [] key, byte @Nullable [] value) {
        ConsumerRecord<byte[], byte[]> copy =
                new ConsumerRecord<>(record.topic(), record.partition(), 0, key, value);
        for (Header header : record.headers()) {
            copy.headers().add(header);
        }
        return copy;
    }

    private static void assertUnreadable(ConsumerRecord<byte[], byte[]> record, String complaint) {
        assertThatThrownBy(() -> EventRecords.read(record))
                .isInstanceOf(UnreadableEvent.class)
                .hasMessageContaining(complaint);
    }
}
