package com.tokaify.ledger.enforcement.stream;

import com.tokaify.ledger.enforcement.view.LocalView;
import com.tokaify.ledger.enforcement.view.ViewStatus;
import com.tokaify.ledger.events.StoredEvent;
import com.tokaify.ledger.events.kafka.EventRecords;
import com.tokaify.ledger.events.kafka.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads every partition of {@code ledger.events} from its beginning into the view, on one named
 * platform thread, for as long as the service runs. No consumer group: each instance needs all of
 * it, and there is no offset to commit since the view lives in memory.
 *
 * <p>The view is ready once the reader has reached the ends it saw at its start. While Kafka is
 * away the reader keeps trying and the view keeps answering. A gap, an event it cannot understand
 * or anything else it cannot get over ends it for good: the view says why and answers no more
 * checks, since going on would make it wrong in silence.
 */
public final class EventStreamReader implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EventStreamReader.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration RETRY = Duration.ofMillis(500);
    private static final Duration STOP = Duration.ofSeconds(10);
    private static final int FETCH_BYTES_PER_PARTITION = 4 * 1024 * 1024;
    private static final int RECORDS_PER_POLL = 5000;

    private final Consumer<byte[], byte[]> consumer;
    private final LocalView view;
    private final java.util.function.Consumer<StoredEvent> applied;
    private final List<TopicPartition> partitions;
    private final Thread thread;
    private final KafkaAnswers answers;
    private final CountDownLatch closing = new CountDownLatch(1);

    /** Records known to be in Kafka and not yet in the view. */
    private volatile long behind;

    public EventStreamReader(Consumer<byte[], byte[]> consumer, LocalView view) {
        this(consumer, view, _ -> {});
    }

    /**
     * @param applied is told of each event once it is in the view, by the reader's thread
     */
    public EventStreamReader(
            Consumer<byte[], byte[]> consumer,
            LocalView view,
            java.util.function.Consumer<StoredEvent> applied) {
        this.consumer = consumer;
        this.applied = applied;
        this.answers = new KafkaAnswers(consumer);
        this.view = view;
        this.partitions =
                view.partitions().mapToObj(p -> new TopicPartition(Topics.EVENTS, p)).toList();
        this.thread = Thread.ofPlatform().name("ledger-view-reader").unstarted(this::run);
    }

    public static Consumer<byte[], byte[]> consumer(String bootstrap) {
        return new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrap,
                        ConsumerConfig.CLIENT_ID_CONFIG,
                        "enforcement-view",
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        "read_committed",
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                        false,
                        // An offset that is gone is a gap: an error, not a jump.
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "none",
                        ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                        false,
                        // Larger than the defaults: a first start reads the whole history.
                        ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
                        FETCH_BYTES_PER_PARTITION,
                        ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                        RECORDS_PER_POLL),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    public void start() {
        thread.start();
    }

    /** Records known to be in Kafka and not yet in the view. */
    public long behind() {
        return behind;
    }

    private void run() {
        try (consumer) {
            awaitTopic();
            read();
        } catch (WakeupException e) {
            LOG.debug("the reader was told to stop", e);
        } catch (RuntimeException | InterruptedException | Error e) {
            // Errors too: a view whose reader has died must not go on answering.
            String reason = Objects.requireNonNullElse(e.getMessage(), e.toString());
            view.become(new ViewStatus.Stopped(reason));
            LOG.error("reading ended for good: no check is answered any more", e);
        }
    }

    private void awaitTopic() throws InterruptedException {
        LOG.info("{}", view.status().reason());
        List<PartitionInfo> found = List.of();
        while (found.isEmpty()) {
            found = untilAnswered(() -> consumer.partitionsFor(Topics.EVENTS));
            if (found.isEmpty()) {
                pause();
            }
        }
        if (found.size() != partitions.size()) {
            throw new IllegalStateException(
                    Topics.EVENTS
                            + " has "
                            + found.size()
                            + " partitions, but this instance was told "
                            + partitions.size());
        }
    }

    private void read() throws InterruptedException {
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        CatchUp catchUp = new CatchUp(untilAnswered(() -> consumer.endOffsets(partitions)));
        view.become(new ViewStatus.CatchingUp());
        while (!untilAnswered(() -> catchUp.reached(consumer))) {
            applyNext();
        }
        view.become(new ViewStatus.Ready());
        LOG.info(
                "ready with {} tokens and {} accounts from {} events",
                view.tokens(),
                view.accounts(),
                view.eventsApplied());
        while (true) {
            applyNext();
        }
    }

    private void applyNext() throws InterruptedException {
        for (ConsumerRecord<byte[], byte[]> record : untilAnswered(() -> consumer.poll(POLL))) {
            StoredEvent event = EventRecords.read(record);
            view.apply(event);
            applied.accept(event);
        }
        if (answers.haveCome()) {
            view.heard();
        }
        behind =
                partitions.stream().map(consumer::currentLag).mapToLong(lag -> lag.orElse(0)).sum();
    }

    /** Asks Kafka again and again for as long as it is away. */
    private <T> T untilAnswered(Supplier<T> question) throws InterruptedException {
        while (true) {
            try {
                return question.get();
            } catch (RetriableException e) {
                LOG.warn("Kafka does not answer, trying again: {}", e.getMessage());
                pause();
            }
        }
    }

    private void pause() throws InterruptedException {
        if (closing.await(RETRY.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new WakeupException();
        }
    }

    /** Stops reading; what is in the view stays. */
    @Override
    public void close() {
        closing.countDown();
        consumer.wakeup();
        try {
            thread.join(STOP);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
