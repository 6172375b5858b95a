package com.tokaify.ledger.benchmarks;

import com.tokaify.ledger.events.StoredEvent;
import com.tokaify.ledger.events.kafka.EventRecords;
import com.tokaify.ledger.events.kafka.Topics;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Events on {@code ledger.events}, byte for byte as the relay writes them and in the order in which
 * they are given, but in plain batches rather than in transactions. One thread.
 */
public final class TopicWriter implements AutoCloseable {
    private static final short ONE_COPY = 1;
    private static final int LINGER_MILLIS = 5;
    private static final int BATCH_BYTES = 1 << 17;

    private final KafkaProducer<byte[], byte[]> producer;
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

    private TopicWriter(String bootstrap) {
        this.producer =
                new KafkaProducer<>(
                        Map.of(
                                CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG,
                                bootstrap,
                                ProducerConfig.ACKS_CONFIG,
                                "all",
                                // The broker is told of a new topic a moment after it is made. With
                                // several requests on the way the first may come too early and the
                                // second not, and the order could never be restored.
                                ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION,
                                1,
                                ProducerConfig.LINGER_MS_CONFIG,
                                LINGER_MILLIS,
                                ProducerConfig.BATCH_SIZE_CONFIG,
                                BATCH_BYTES),
                        new ByteArraySerializer(),
                        new ByteArraySerializer());
    }

    /** To a topic of events that is made for it. */
    public static TopicWriter toNewTopic(String bootstrap)
            throws ExecutionException, InterruptedException {
        createTopics(bootstrap, Topics.EVENTS);
        return new TopicWriter(bootstrap);
    }

    /** Topics as a ledger has them. */
    public static void createTopics(String bootstrap, String... names)
            throws ExecutionException, InterruptedException {
        try (Admin admin =
                Admin.create(Map.of(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrap))) {
            admin.createTopics(
                            Arrays.stream(names)
                                    .map(name ->
                                            new NewTopic(name, LedgerStore.PARTITIONS, ONE_COPY))
                                    .toList())
                    .all()
                    .get();
        }
    }

    public void send(StoredEvent event) {
        var _ =
                producer.send(
                        EventRecords.write(event),
                        (_, e) -> {
                            if (e != null) {
                                failure.set(e);
                            }
                        });
    }

    /**
     * Waits until all that was sent is written.
     *
     * @throws IllegalStateException where any of it is not
     */
    public void flush() {
        producer.flush();
        Exception refused = failure.get();
        if (refused != null) {
            throw new IllegalStateException("an event could not be written", refused);
        }
    }

    /** What was not flushed may be missing. */
    @Override
    public void close() {
        producer.close();
    }
}
