package com.tokaify.ledger.command.seal;

import com.tokaify.ledger.command.settings.KafkaSettings;
import com.tokaify.ledger.events.codec.UnreadableEvent;
import com.tokaify.ledger.events.seal.Seal;
import com.tokaify.ledger.events.seal.SealRecords;
import com.tokaify.ledger.service.worker.Worker;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells committed seals on Kafka, in order and at least once: it goes on behind the last one that
 * is there. Apart from sealing, which does not wait for Kafka.
 *
 * <p>Thread {@code ledger-seal-publisher}; {@link #wake} may be called by any. One instance at a
 * time by an advisory lock; two would tell some seals twice, which readers skip.
 */
final class SealPublisher implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SealPublisher.class);
    private static final Duration BACK_OFF = Duration.ofSeconds(1);

    /** How long a seal of another instance, which cannot wake this publisher, may wait. */
    private static final Duration IDLE_POLL = Duration.ofMillis(500);

    private static final String LOCK = "ledger seal publisher";
    private static final int SEALS_AT_ONCE = 20;

    /** What a seal of ten thousand runs would take. */
    static final int MAX_RECORD_BYTES = 2 << 20;

    private final DataSource dataSource;
    private final KafkaSettings kafka;
    private final SealProgress progress;
    private final Worker worker = new Worker("ledger-seal-publisher", this::run);

    /**
     * @param dataSource gives connections of the role {@code ledger_sealer}; one is kept
     */
    SealPublisher(DataSource dataSource, KafkaSettings kafka, SealProgress progress) {
        this.dataSource = dataSource;
        this.kafka = kafka;
        this.progress = progress;
    }

    void start() {
        worker.start();
    }

    /** Says that there is something to tell. */
    void wake() {
        worker.wake();
    }

    private void run() {
        while (!worker.isClosing()) {
            try (Connection connection = dataSource.getConnection()) {
                SealTables tables = new SealTables(connection);
                if (tables.lead(LOCK)) {
                    publish(tables);
                } else {
                    progress.publishes();
                    worker.pause(BACK_OFF);
                }
            } catch (SealedContradiction | UnreadableEvent e) {
                progress.publishingFails(e);
                LOG.error("no more seals are published until an operator has looked", e);
                return;
            } catch (SQLException | ExecutionException | RuntimeException e) {
                if (!worker.isClosing()) {
                    progress.publishingFails(e);
                    LOG.warn("publishing seals begins anew: {}", e.toString());
                    LOG.debug("because of", e);
                    worker.pause(BACK_OFF);
                }
            }
        }
    }

    private void publish(SealTables tables) throws ExecutionException {
        long told =
                PublishedTail.read(kafka.client()).map(last -> mustBeIn(tables, last)).orElse(0L);
        try (Producer<byte[], byte[]> producer = producer()) {
            while (!worker.isClosing()) {
                List<SealTables.Signed> next = tables.after(told, SEALS_AT_ONCE);
                if (next.isEmpty()) {
                    progress.publishes();
                    worker.awaitWork(IDLE_POLL);
                } else {
                    send(producer, next);
                    told = next.getLast().seal().size();
                }
            }
        }
    }

    /** What was told has to be true for ever. */
    private static long mustBeIn(SealTables tables, Seal last) {
        Optional<String> stored = tables.checkpoint(last.size());
        if (stored.isEmpty() || !stored.get().equals(last.checkpoint())) {
            throw new SealedContradiction(
                    "Kafka has a checkpoint of "
                            + last.size()
                            + " leaves that the store does not have: the store has lost a tail or"
                            + " was restored from a back-up");
        }
        return last.size();
    }

    private static void send(Producer<byte[], byte[]> producer, List<SealTables.Signed> seals)
            throws ExecutionException {
        List<Future<?>> sent = new ArrayList<>();
        for (SealTables.Signed each : seals) {
            sent.add(producer.send(SealRecords.write(each.seal(), each.at())));
        }
        producer.flush();
        for (Future<?> each : sent) {
            try {
                each.get();
            } catch (InterruptedException e) {
                throw new IllegalStateException("nobody interrupts the publisher", e);
            }
        }
    }

    /** Idempotent, so that what is sent again by the producer itself keeps its order. */
    private Producer<byte[], byte[]> producer() {
        Map<String, Object> config = new HashMap<>(kafka.client());
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        config.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MAX_RECORD_BYTES);
        config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 20_000);
        config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 20_000);
        return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** Ends after what is at hand. */
    @Override
    public void close() {
        worker.close();
    }
}
