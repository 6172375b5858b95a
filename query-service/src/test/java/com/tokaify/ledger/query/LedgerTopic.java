package com.tokaify.ledger.query;

import com.tokaify.ledger.events.RecordedEvent;
import com.tokaify.ledger.events.kafka.EventRecords;
import com.tokaify.ledger.testkit.LedgerInfrastructure;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
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
        begin(events.stream().map(LedgerTopic::record).toList());
        producer.commitTransaction();
    }

    public void commitRecord(ProducerRecord<byte[], byte[]> record) {
        begin(List.of(record));
        producer.commitTransaction();
    }

    /** Writes events that lie in the topic and never happened. */
    public void abort(RecordedEvent... events) {
        begin(Stream.of(events).map(LedgerTopic::record).toList());
        producer.abortTransaction();
    }

    private void begin(List<ProducerRecord<byte[], byte[]>> records) {
        producer.beginTransaction();
        for (ProducerRecord<byte[], byte[]> record : records) {
            // A record that cannot be sent fails its transaction.
            var _ = producer.send(record);
        }
        producer.flush();
    }

    public static ProducerRecord<byte[], byte[]> record(RecordedEvent event) {
        return EventRecords.write(ScriptedLedger.stored(event));
    }

    @Override
    public void close() {
        producer.close();
    }
}
