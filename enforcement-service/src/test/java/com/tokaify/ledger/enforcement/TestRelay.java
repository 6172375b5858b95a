package com.tokaify.ledger.enforcement;

import com.tokaify.ledger.events.LedgerEvent;
import com.tokaify.ledger.events.StoredEvent;
import com.tokaify.ledger.events.id.StreamId;
import com.tokaify.ledger.events.kafka.EventRecords;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Stands in for command-service's relay: puts events on Kafka in transactions. */
public final class TestRelay implements AutoCloseable {
    private final TestLedger ledger;
    private final Producer<byte[], byte[]> producer;

    public TestRelay(String bootstrap, TestLedger ledger) {
        this.ledger = ledger;
        this.producer =
                new KafkaProducer<>(
                        Map.of(
                                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                                bootstrap,
                                ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                                "test-relay"),
                        new ByteArraySerializer(),
                        new ByteArraySerializer());
        producer.initTransactions();
    }

    /** Records events of one stream and sends them in one transaction. */
    public void relay(StreamId stream, LedgerEvent... events) {
        List<StoredEvent> recorded =
                Stream.of(events).map(event -> ledger.record(stream, event)).toList();
        producer.beginTransaction();
        send(recorded);
        producer.commitTransaction();
    }

    /** Sends events in a transaction that comes to nothing, then once more in one that counts. */
    public void relayAtTheSecondAttempt(StreamId stream, LedgerEvent event) {
        List<StoredEvent> recorded = List.of(ledger.record(stream, event));
        producer.beginTransaction();
        send(recorded);
        producer.flush();
        producer.abortTransaction();
        producer.beginTransaction();
        send(recorded);
        producer.commitTransaction();
    }

    private void send(List<StoredEvent> events) {
        for (StoredEvent event : events) {
            // The commit fails where a record did.
            Future<RecordMetadata> _ = producer.send(EventRecords.write(event));
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
