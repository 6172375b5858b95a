package com.tokaify.ledger.query.projection;

import static org.assertj.core.api.Assertions.assertThat;

import com.tokaify.ledger.events.AccountEvent.AccountOpened;
import com.tokaify.ledger.events.AccountEvent.AccountResumed;
import com.tokaify.ledger.events.AccountEvent.AccountSuspended;
import com.tokaify.ledger.events.RecordedEvent;
import com.tokaify.ledger.events.id.AccountId;
import com.tokaify.ledger.events.kafka.EventRecords;
import com.tokaify.ledger.events.kafka.PartitionCursor;
import com.tokaify.ledger.query.ScriptedLedger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

/** Kafka's records turned into events. */
class BatchReaderTest {
    private final ScriptedLedger ledger = new ScriptedLedger(2);
    private final AccountId zero = accountIn(0);
    private final AccountId one = accountIn(1);
    private final List<RecordedEvent> ofZero =
            List.of(
                    ledger.record(zero, new AccountOpened("Zero")),
                    ledger.record(zero, new AccountSuspended(null)),
                    ledger.record(zero, new AccountResumed()));
    private final RecordedEvent ofOne = ledger.record(one, new AccountOpened("One"));
    private final BatchReader reader = new BatchReader(new PartitionCursor(2));

    /** Every event comes out, in the order of its partition, and reading continues behind it. */
    @Test
    void readsEventsInOrder() {
        EventBatch batch =
                reader.read(
                        polled(
                                at(10, ofZero.get(0)),
                                at(11, ofZero.get(1)),
                                at(14, ofZero.get(2)),
                                at(3, ofOne)));

        assertThat(batch.events())
                .extracting(ReceivedEvent::recorded)
                .containsAll(ofZero)
                .contains(ofOne)
                .hasSize(4);
        assertThat(batch.nextOffsets()).isEqualTo(Map.of(0, 15L, 1, 4L));
        assertThat(batch.stops()).isEmpty();
    }

    /** A record that comes again is not an event again, but reading moves on behind it. */
    @Test
    void skipsWhatItHasSeen() {
        EventBatch first = reader.read(polled(at(0, ofZero.get(0)), at(1, ofZero.get(0))));
        EventBatch second = reader.read(polled(at(2, ofZero.get(0)), at(3, ofZero.get(1))));

        assertThat(first.events())
                .extracting(ReceivedEvent::recorded)
                .containsExactly(ofZero.get(0));
        assertThat(second.events())
                .extracting(ReceivedEvent::recorded)
                .containsExactly(ofZero.get(1));
        assertThat(second.nextOffsets()).isEqualTo(Map.of(0, 4L));
    }

    /** A gap stops its partition at the last good event, and no other partition. */
    @Test
    void aGapStopsItsPartitionOnly() {
        EventBatch batch =
                reader.read(polled(at(0, ofZero.get(0)), at(1, ofZero.get(2)), at(0, ofOne)));

        assertThat(batch.events())
                .extracting(ReceivedEvent::recorded)
                .containsExactlyInAnyOrder(ofZero.get(0), ofOne);
        assertThat(batch.nextOffsets()).isEqualTo(Map.of(0, 1L, 1, 1L));
        assertThat(batch.stops())
                .singleElement()
                .satisfies(stop -> {
                    assertThat(stop.partition()).isEqualTo(0);
                    assertThat(stop.reason()).contains("event 2 is missing");
                    assertThat(stop.eventId()).isEqualTo(zero + ":2");
                    assertThat(stop.pseq()).isEqualTo("3");
                    assertThat(stop.offset()).isEqualTo(1);
                });
    }

    /** A record nobody can read stops its partition and is never passed over. */
    @Test
    void anUnreadableRecordStopsItsPartition() {
        ConsumerRecord<byte[], byte[]> unreadable =
                record(1, 0, ofZero.get(1), "{}".getBytes(StandardCharsets.UTF_8));
        unreadable.headers().remove("ce_type");

        EventBatch batch =
                reader.read(polled(at(0, ofZero.get(0)), unreadable, at(2, ofZero.get(2))));

        assertThat(batch.events())
                .extracting(ReceivedEvent::recorded)
                .containsExactly(ofZero.get(0));
        assertThat(batch.nextOffsets()).isEqualTo(Map.of(0, 1L));
        assertThat(batch.stops())
                .singleElement()
                .satisfies(stop -> {
                    assertThat(stop.reason()).contains("ce_type").contains("offset 1");
                    assertThat(stop.eventId()).isEqualTo(zero + ":1");
                    assertThat(stop.type()).isNull();
                });
    }

    private AccountId accountIn(int partition) {
        AccountId id = ledger.newAccountId();
        while (ledger.partitionOf(id) != partition) {
            id = ledger.newAccountId();
        }
        return id;
    }

    private static ConsumerRecord<byte[], byte[]> at(long offset, RecordedEvent event) {
        return record(
                offset,
                event.position().partition(),
                event,
                ScriptedLedger.stored(event).payload());
    }

    private static ConsumerRecord<byte[], byte[]> record(
            long offset, int partition, RecordedEvent event, byte[] value) {
        ProducerRecord<byte[], byte[]> written = EventRecords.write(ScriptedLedger.stored(event));
        return new ConsumerRecord<>(
                written.topic(),
                partition,
                offset,
                written.timestamp(),
                TimestampType.CREATE_TIME,
                written.key().length,
                value.length,
                written.key(),
                value,
                written.headers(),
                Optional.empty());
    }

    @SafeVarargs
    private static ConsumerRecords<byte[], byte[]> polled(
            ConsumerRecord<byte[], byte[]>... records) {
        Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> byPartition = new HashMap<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            byPartition
                    .computeIfAbsent(
                            new TopicPartition(record.topic(), record.partition()),
                            _ -> new ArrayList<>())
                    .add(record);
        }
        return new ConsumerRecords<>(byPartition, Map.of());
    }
}
