package com.tokaify.ledger.benchmarks.enforce;

import com.tokaify.ledger.benchmarks.LedgerStore;
import com.tokaify.ledger.events.StoredEvent;
import com.tokaify.ledger.events.TokenEvent.QuotaConsumed;
import com.tokaify.ledger.events.kafka.EventRecords;
import com.tokaify.ledger.events.kafka.Topics;
import com.tokaify.ledger.events.secret.Pepper;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Events of a ledger, byte for byte as the relay writes them, but without a ledger behind them:
 * what enforcement reads can then be as large and as fast as asked for. Told in plain batches
 * rather than in transactions. Used by one thread at a time; while consumptions stream in they have
 * a thread of their own.
 */
final class LedgerStream implements AutoCloseable {
    /** As often as the relay commits under load. */
    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final KnownTokens tokens;
    private final EventSequence sequence = new EventSequence();
    private final long[] sequences;
    private final KafkaProducer<byte[], byte[]> producer;
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

    LedgerStream(KnownTokens tokens, String bootstrap)
            throws ExecutionException, InterruptedException {
        this.tokens = tokens;
        this.sequences = new long[tokens.size()];
        try (Admin admin =
                Admin.create(Map.of(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrap))) {
            admin.createTopics(
                            List.of(
                                    new NewTopic(Topics.EVENTS, LedgerStore.PARTITIONS, (short) 1),
                                    new NewTopic(Topics.USAGE, LedgerStore.PARTITIONS, (short) 1)))
                    .all()
                    .get();
        }
        this.producer =
                new KafkaProducer<>(
                        Map.of(
                                CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG,
                                bootstrap,
                                ProducerConfig.ACKS_CONFIG,
                                "all",
                                // In order also where the broker does not know a new topic yet.
                                ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION,
                                1,
                                ProducerConfig.LINGER_MS_CONFIG,
                                5,
                                ProducerConfig.BATCH_SIZE_CONFIG,
                                1 << 17),
                        new ByteArraySerializer(),
                        new ByteArraySerializer());
    }

    /** Tells of all accounts and tokens. */
    void begin(Pepper pepper) {
        sequence.of(tokens, pepper, this::send);
        flush();
    }

    /** Consumptions at a steady rate, from now until what is returned is closed. */
    AutoCloseable consumptions(int perSecond) {
        int[] drawn = tokens.draw(1 << 17);
        AtomicBoolean stopping = new AtomicBoolean();
        Thread thread =
                Thread.ofPlatform()
                        .name("consumptions")
                        .start(() -> stream(drawn, perSecond, stopping));
        return () -> {
            stopping.set(true);
            thread.join();
            flush();
        };
    }

    private void stream(int[] drawn, int perSecond, AtomicBoolean stopping) {
        long start = System.nanoTime();
        long sent = 0;
        while (!stopping.get()) {
            long due = (System.nanoTime() - start) * perSecond / TimeUnit.SECONDS.toNanos(1);
            for (; sent < due; sent++) {
                consume(drawn[(int) (sent % drawn.length)]);
            }
            LockSupport.parkNanos(TICK_NANOS);
        }
    }

    private void consume(int token) {
        sequences[token]++;
        send(
                sequence.next(
                        tokens.id(token),
                        sequences[token],
                        new QuotaConsumed(
                                new UUID(token, sequences[token]).toString(),
                                1,
                                KnownTokens.MODEL,
                                sequences[token],
                                false)));
    }

    private void send(StoredEvent event) {
        var _ =
                producer.send(
                        EventRecords.write(event),
                        (_, e) -> {
                            if (e != null) {
                                failure.set(e);
                            }
                        });
    }

    private void flush() {
        producer.flush();
        Exception refused = failure.get();
        if (refused != null) {
            throw new IllegalStateException("an event could not be written", refused);
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
