package com.tokaify.ledger.command.usage;

import com.tokaify.ledger.command.bus.CommandResult;
import com.tokaify.ledger.command.bus.GroupCommitCommandBus;
import com.tokaify.ledger.command.bus.WorkWrites;
import com.tokaify.ledger.command.settings.KafkaSettings;
import com.tokaify.ledger.command.store.SideWrite;
import com.tokaify.ledger.events.kafka.Partitioning;
import com.tokaify.ledger.events.kafka.Topics;
import com.tokaify.ledger.service.worker.Worker;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Books what gateways report on {@code ledger.usage}. The offsets lie in the event store, in the
 * transaction of the events, so a crash neither loses nor repeats; the usage id makes sure of it
 * where a gateway reports twice. Usage that has happened is booked whatever the token's state; what
 * cannot be booked is kept for an operator.
 *
 * <p>Thread {@code ledger-intake}. Instances share the partitions through a consumer group: those
 * of one that stops go to the others at once, those of one that dies after seconds. Whatever fails
 * ends this incarnation of the consumer, and the next goes on at the stored offsets.
 */
public final class UsageIntake implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(UsageIntake.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration BACK_OFF = Duration.ofSeconds(1);
    private static final int MAX_RECORDS = 5_000;

    /** After so much silence another instance reads on; no broker allows less by itself. */
    private static final Duration MISSED_AFTER = Duration.ofSeconds(6);

    private static final Duration HEARTBEAT = Duration.ofSeconds(2);
    private static final String GROUP = "ledger-intake";

    private final KafkaSettings kafka;
    private final Partitioning partitioning;
    private final GroupCommitCommandBus bus;
    private final UsageTables tables;
    private final Clock clock;
    private final LongAdder read = new LongAdder();
    private final LongAdder unbooked = new LongAdder();
    private volatile long behind;
    private final Worker worker = new Worker("ledger-intake", this::run);

    public UsageIntake(
            KafkaSettings kafka,
            Partitioning partitioning,
            GroupCommitCommandBus bus,
            JdbcClient jdbc,
            Clock clock) {
        this.kafka = kafka;
        this.partitioning = partitioning;
        this.bus = bus;
        this.tables = new UsageTables(jdbc);
        this.clock = clock;
    }

    public void start() {
        worker.start();
    }

    /** Reports read and dealt with by this instance, those that could not be booked included. */
    public long read() {
        return read.sum();
    }

    /** Of those, what is kept for an operator, since it could not be booked. */
    public long unbooked() {
        return unbooked.sum();
    }

    /** Records known to be in this instance's partitions and not read yet. */
    public long behind() {
        return behind;
    }

    private void run() {
        while (!worker.isClosing()) {
            try (Consumer<byte[], byte[]> consumer = consumer()) {
                Map<Integer, Long> next = new HashMap<>();
                consumer.subscribe(
                        List.of(Topics.USAGE), new StoredOffsets(consumer, tables, next));
                while (!worker.isClosing()) {
                    book(consumer.poll(POLL), next);
                    behind = lag(consumer);
                }
            } catch (RuntimeException e) {
                if (!worker.isClosing()) {
                    LOG.warn("the usage intake begins anew: {}", e.toString());
                    LOG.debug("because of", e);
                    worker.pause(BACK_OFF);
                }
            }
        }
    }

    private static long lag(Consumer<byte[], byte[]> consumer) {
        return consumer.assignment().stream()
                .mapToLong(partition -> consumer.currentLag(partition).orElse(0))
                .sum();
    }

    /** Books a poll's records: all partitions at once, each in a transaction with its offset. */
    private void book(ConsumerRecords<byte[], byte[]> records, Map<Integer, Long> next) {
        List<CompletableFuture<?>> booked = new ArrayList<>();
        for (TopicPartition partition : records.partitions()) {
            List<ConsumerRecord<byte[], byte[]>> own = records.records(partition);
            long to = own.getLast().offset() + 1;
            booked.add(
                    book(
                            partition.partition(),
                            own,
                            next.getOrDefault(partition.partition(), 0L),
                            to));
            next.put(partition.partition(), to);
        }
        booked.forEach(CompletableFuture::join);
    }

    private CompletableFuture<?> book(
            int partition, List<ConsumerRecord<byte[], byte[]>> records, long from, long to) {
        UsageBatch batch = UsageBatch.read(records, partitioning, clock.instant());
        List<SideWrite> strays = new ArrayList<>();
        for (UsageBatch.Report stray : batch.strays()) {
            if (bookStray(stray) instanceof CommandResult.Refused<?> refused) {
                strays.add(batch.keep(stray.record(), refused.refusal() + ": " + refused.detail()));
            }
        }
        return bus.submit(
                        partition,
                        batch.commands(),
                        outcomes -> {
                            List<SideWrite> all = new ArrayList<>(strays);
                            all.addAll(
                                    batch.sideWrites(
                                            outcomes, UsageTables.advance(partition, from, to)));
                            return all;
                        })
                .thenAccept(results -> {
                    read.add(records.size());
                    unbooked.add(strays.size() + batch.unbookable().size() + refused(results));
                });
    }

    private static long refused(List<CommandResult<?>> results) {
        return results.stream().filter(CommandResult.Refused.class::isInstance).count();
    }

    /**
     * On the lane of its own partition, before the offset of the record moves on; the usage id
     * bears a repetition.
     */
    private CommandResult<?> bookStray(UsageBatch.Report stray) {
        int home = partitioning.partitionOf(stray.command().tokenId());
        return bus.submit(home, List.of(stray.command()), WorkWrites.NONE).join().getFirst();
    }

    private Consumer<byte[], byte[]> consumer() {
        Map<String, Object> config = new HashMap<>(kafka.client());
        config.put(ConsumerConfig.GROUP_ID_CONFIG, GROUP);
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, MAX_RECORDS);
        config.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, (int) MISSED_AFTER.toMillis());
        config.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, (int) HEARTBEAT.toMillis());
        return new KafkaConsumer<>(
                config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** Ends after the records at hand. */
    @Override
    public void close() {
        worker.close();
    }
}
