package com.tokaify.ledger.command.relay;

import com.tokaify.ledger.command.bus.LedgerGate;
import com.tokaify.ledger.command.settings.KafkaSettings;
import com.tokaify.ledger.events.StoredEvent;
import com.tokaify.ledger.events.codec.UnreadableEvent;
import com.tokaify.ledger.service.trace.Tracing;
import com.tokaify.ledger.service.worker.Worker;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies the event store to the topic, each event once and in order. A transactional producer
 * writes all partitions in one transaction and fences every relay before it; where it goes on is
 * read from the topic itself. Whatever fails ends this incarnation, and the next begins by asking
 * the topic again: nothing is ever retried inside a transaction.
 *
 * <p>Thread {@code ledger-relay}. {@link #wake} may be called by any.
 */
public final class Relay implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Relay.class);

    /** Under load a transaction is kept open this long; a commit costs 2 to 3 ms. */
    private static final Duration TRANSACTION = Duration.ofMillis(10);

    /** How long an event of another instance, whose committer cannot wake this relay, may wait. */
    private static final Duration IDLE_POLL = Duration.ofMillis(25);

    private static final Duration BACK_OFF = Duration.ofSeconds(1);

    private final DataSource dataSource;
    private final KafkaSettings kafka;
    private final int partitions;
    private final LedgerGate gate;
    private final RelayProgress progress;
    private final Tracing tracing;
    private final Worker worker = new Worker("ledger-relay", this::run);

    /**
     * @param dataSource gives connections of the role {@code ledger_relay}
     */
    public Relay(
            DataSource dataSource,
            KafkaSettings kafka,
            int partitions,
            LedgerGate gate,
            RelayProgress progress,
            Tracing tracing) {
        this.dataSource = dataSource;
        this.kafka = kafka;
        this.partitions = partitions;
        this.gate = gate;
        this.progress = progress;
        this.tracing = tracing;
    }

    public void start() {
        worker.start();
    }

    /** Says that there is something to relay. */
    public void wake() {
        worker.wake();
    }

    /**
     * @throws LedgerContradiction where the store does not hold what Kafka has
     */
    public static void check(DataSource dataSource, KafkaSettings kafka, int partitions)
            throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            RelayedTail.read(kafka.client(), partitions).mustBeIn(new RelaySource(connection));
        }
    }

    private void run() {
        while (!worker.isClosing()) {
            try (Connection connection = dataSource.getConnection()) {
                RelaySource source = new RelaySource(connection);
                if (source.lead()) {
                    relay(source);
                } else {
                    progress.isAnothers();
                    worker.pause(BACK_OFF);
                }
            } catch (LedgerContradiction | UnreadableEvent e) {
                gate.halt(e);
                return;
            } catch (SQLException | RuntimeException e) {
                if (!worker.isClosing()) {
                    LOG.warn("the relay begins anew: {}", e.toString());
                    LOG.debug("because of", e);
                    worker.pause(BACK_OFF);
                }
            }
        }
    }

    private void relay(RelaySource source) {
        try (Producer<byte[], byte[]> producer = producer()) {
            // First: whatever an older relay still had open is now ended.
            producer.initTransactions();
            RelayedTail tail = tail();
            tail.mustBeIn(source);
            long[] relayed = new long[partitions];
            for (int partition = 0; partition < partitions; partition++) {
                relayed[partition] = tail.pseq(partition);
            }
            LOG.info("relaying to {}", kafka.bootstrap());
            while (!worker.isClosing()) {
                long asOf = progress.now();
                Map<Integer, Long> heads = source.heads();
                progress.sees(heads, asOf);
                Map<Integer, Long> behind = behind(heads, relayed);
                if (behind.isEmpty()) {
                    progress.told(relayed);
                    worker.awaitWork(IDLE_POLL);
                } else {
                    transaction(producer, source, relayed, behind);
                    progress.told(relayed);
                }
            }
        }
    }

    private void transaction(
            Producer<byte[], byte[]> producer,
            RelaySource source,
            long[] relayed,
            Map<Integer, Long> behind) {
        long deadline = System.nanoTime() + TRANSACTION.toNanos();
        producer.beginTransaction();
        Map<Integer, Long> after = behind;
        try (RelaySpans spans = new RelaySpans(tracing)) {
            while (!after.isEmpty()) {
                List<StoredEvent> events = source.next(after);
                spans.lookUp(source, after);
                send(producer, events, relayed, spans);
                mustHaveMoved(after, relayed);
                after = System.nanoTime() < deadline ? behind(source.heads(), relayed) : Map.of();
            }
            producer.commitTransaction();
            spans.committed();
        }
    }

    private static void send(
            Producer<byte[], byte[]> producer,
            List<StoredEvent> events,
            long[] relayed,
            RelaySpans spans) {
        for (StoredEvent event : events) {
            int partition = event.position().partition();
            long expected = relayed[partition] + 1;
            if (event.position().pseq() != expected) {
                throw hole(partition, expected);
            }
            var _ =
                    producer.send(
                            spans.record(
                                    event)); // the commit waits for it, and fails where it failed
            relayed[partition] = expected;
        }
    }

    /** A head without its rows is a hole too, at the very end. */
    private static void mustHaveMoved(Map<Integer, Long> after, long[] relayed) {
        after.forEach((partition, pseq) -> {
            if (relayed[partition] == pseq) {
                throw hole(partition, pseq + 1);
            }
        });
    }

    private static LedgerContradiction hole(int partition, long pseq) {
        return new LedgerContradiction(
                "the event store has a hole: " + partition + ":" + pseq + " is missing");
    }

    /** Partitions with events that are not relayed yet, and the last relayed position of each. */
    private static Map<Integer, Long> behind(Map<Integer, Long> heads, long[] relayed) {
        Map<Integer, Long> behind = new HashMap<>();
        heads.forEach((partition, head) -> {
            if (head > relayed[partition]) {
                behind.put(partition, relayed[partition]);
            }
        });
        return behind;
    }

    /** What nobody else will end is ended here, and found so when the relay begins anew. */
    private RelayedTail tail() {
        try {
            return RelayedTail.settled(kafka.client(), partitions);
        } catch (RelayedTail.Unsettled e) {
            OrphanedTransactions.abort(kafka.client(), transactionalId(), e.partition());
            throw e;
        }
    }

    private String transactionalId() {
        return "relay-" + kafka.relayGroup();
    }

    private Producer<byte[], byte[]> producer() {
        Map<String, Object> config = new HashMap<>(kafka.client());
        config.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId());
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        config.put(ProducerConfig.LINGER_MS_CONFIG, 2);
        config.put(ProducerConfig.BATCH_SIZE_CONFIG, 256 * 1024);
        config.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, 30_000);
        config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 20_000);
        config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 20_000);
        return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** Ends after the transaction at hand. */
    @Override
    public void close() {
        worker.close();
    }
}
