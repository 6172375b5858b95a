package com.tokaify.ledger.audit.sample;

import com.tokaify.ledger.audit.core.LoggedEvent;
import com.tokaify.ledger.events.Actor;
import com.tokaify.ledger.events.Position;
import com.tokaify.ledger.events.StoredEvent;
import com.tokaify.ledger.events.codec.EventType;
import com.tokaify.ledger.events.id.StreamId;
import com.tokaify.ledger.events.kafka.EventRecords;
import com.tokaify.ledger.testkit.LedgerInfrastructure;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes samples to where the relay would have relayed them. */
public final class SampleTopic {
    private SampleTopic() {}

    /** In place of whatever was there, in the order they are given in. */
    public static void fill(
            LedgerInfrastructure infrastructure,
            List<LoggedEvent> events,
            List<ProducerRecord<byte[], byte[]>> seals)
            throws Exception {
        infrastructure.recreateTopics(SampleLedger.PARTITIONS);
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(
                        Map.of("bootstrap.servers", infrastructure.kafkaBootstrap()),
                        new ByteArraySerializer(),
                        new ByteArraySerializer())) {
            for (LoggedEvent event : events) {
                producer.send(EventRecords.write(stored(event))).get();
            }
            for (ProducerRecord<byte[], byte[]> seal : seals) {
                producer.send(seal).get();
            }
        }
    }

    private static StoredEvent stored(LoggedEvent event) {
        return new StoredEvent(
                new Position(event.partition(), event.pseq()),
                StreamId.parse(event.stream()),
                event.sequence(),
                EventType.ofCeType(event.type()),
                Instant.parse(event.recordedAt()),
                Actor.parse(event.actor()),
                event.correlationId(),
                event.payload());
    }
}
