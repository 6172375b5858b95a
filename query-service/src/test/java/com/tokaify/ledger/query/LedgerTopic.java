package com.tokaify.ledger.query;

import com.tokaify.ledger.events.RecordedEvent;
import com.tokaify.ledger.events.kafka.EventRecords;
import com.tokaify.ledger.testkit.LedgerInfrastructure;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The writing end of {@code ledger.events}, as the relay writes it: in transactions. */
public final class LedgerTopic implements AutoCloseable {
    private final KafkaProducer<byte[], byte[]> producer;

    public LedgerTopic() {
        producer =
                new KafkaProducer<>(
                        Map.of(
                                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                                LedgerInfrastructure.get().kafkaBootstrap(),
                                ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                                "relay-" + UUID.randomUUID()),
                        new ByteArraySerializer(),
                        new ByteArraySerializer());
        producer.initTransactions();
    }

    public void commit(RecordedEvent... events) {
        commit(List.of(events));
    }

    public void commit(List<RecordedEvent> events) {
        producer.beginTransaction();
        events.forEach(event -> producer.send(record(event)));
        producer.commitTransaction();
    }

    public void commitRecord(ProducerRecord<byte[], byte[]> record) {
        producer.beginTransaction();
        producer.send(record);
        producer.commitTransaction();
    }

    /** Writes events that lie in the topic and never happened. */
    public void abort(RecordedEvent... events) {
        producer.beginTransaction();
        for (RecordedEvent event : events) {
            producer.send(record(event));
        }
        producer.flush();
        producer.abortTransaction();
    }

    public static ProducerRecord<byte[], byte[]> record(RecordedEvent event) {
        return EventRecords.write(ScriptedLedger.stored(event));
    }

    @Override
    public void close() {
        producer.close();
    }
}
