package com.tokaify.ledger.enforcement.stream;

import com.tokaify.ledger.enforcement.view.Anchor;
import com.tokaify.ledger.enforcement.view.Contradiction;
import com.tokaify.ledger.enforcement.view.LocalView;
import com.tokaify.ledger.enforcement.view.ViewStatus;
import com.tokaify.ledger.events.Position;
import com.tokaify.ledger.events.RecordedEvent;
import com.tokaify.ledger.events.kafka.PartitionCursor;
import com.tokaify.ledger.events.kafka.Topics;
import com.tokaify.ledger.service.trace.AppliedEvents;
import com.tokaify.ledger.service.trace.Tracing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads every partition of {@code ledger.events} into the view, on one named platform thread, for
 * as long as the service runs: from where the newest snapshot ends, or from the beginning. No
 * consumer group: each instance needs all of it, and the positions are in the snapshot, with what
 * was read up to them.
 *
 * <p>The view is ready once the reader has reached the ends it saw at its start. While Kafka is
 * away the reader keeps trying.
 *
 * <p>Where an event is missing, contradicts the view or is not the one the snapshot ended with, the
 * view answers no more and is rebuilt from the beginning, without the snapshot; the same once more,
 * and the reader ends for good, as it does at an event it cannot understand or anything else it
 * cannot get over. The view says why and answers no more checks, since going on would make it wrong
 * in silence.
 */
public final class EventStreamReader implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EventStreamReader.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration RETRY = Duration.ofMillis(500);
    private static final Duration STOP = Duration.ofSeconds(60);
    private static final Duration PROGRESS_EVERY = Duration.ofSeconds(5);
    private static final int CAUGHT_UP = 100;

    /** So many records at once, and they are decoded on all cores. */
    private static final int MUCH = 1000;

    private static final int NOWHERE = -1;
    private static final int FETCH_BYTES_PER_PARTITION = 4 * 1024 * 1024;
    private static final int RECORDS_PER_POLL = 5000;

    private final Consumer<byte[], byte[]> consumer;
    private final LocalView view;
    private final java.util.function.Consumer<RecordedEvent> applied;
    private final Tracing tracing;
    private final List<TopicPartition> partitions;
    private final Thread thread;
    private final Snapshots snapshots;
    private final Decoding decoding = new Decoding();
    private final CountDownLatch closing = new CountDownLatch(1);

    /** The last record read of each partition. The reader's alone. */
    private final List<Anchor> anchors;

    /** Those a snapshot ended with and that have not been seen again. The reader's alone. */
    private final Map<Integer, Anchor> awaited = new HashMap<>();

    /** Why it was rebuilt; each reason counts once. The reader's alone. */
    private final Set<String> rebuiltFor = new HashSet<>();

    /** The offset up to which each partition is in the view. */
    private final AtomicLongArray readUpTo;

    private volatile int rebuilds;
    private volatile int percent;

    /** Records known to be in Kafka and not yet in the view. */
    private volatile long behind;

    public EventStreamReader(
            Consumer<byte[], byte[]> consumer, LocalView view, Snapshots snapshots) {
        this(consumer, view, snapshots, _ -> {}, Tracing.OFF);
    }

    /**
     * @param applied is told of each event once it is in the view, by the reader's thread
     * @param tracing makes the spans of events that are traced
     */
    public EventStreamReader(
            Consumer<byte[], byte[]> consumer,
            LocalView view,
            Snapshots snapshots,
            java.util.function.Consumer<RecordedEvent> applied,
            Tracing tracing) {
        this.consumer = consumer;
        this.applied = applied;
        this.tracing = tracing;
        this.view = view;
        this.snapshots = snapshots;
        this.partitions =
                view.partitions().mapToObj(p -> new TopicPartition(Topics.EVENTS, p)).toList();
        this.anchors = new ArrayList<>(Collections.nCopies(partitions.size(), Anchor.NONE));
        this.readUpTo = new AtomicLongArray(partitions.size());
        forgetWhere();
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

    /** The offset up to which a partition is in the view; below 0 where it is nowhere. */
    public long readUpTo(int partition) {
        return readUpTo.get(partition);
    }

    /** How much of what was there at the start has been read, 0 to 100. */
    public int percent() {
        return percent;
    }

    /** How often something was so wrong that everything was read again. */
    public int rebuilds() {
        return rebuilds;
    }

    private void run() {
        try (consumer;
                decoding) {
            awaitTopic();
            restore();
            while (true) {
                readOn();
            }
        } catch (WakeupException e) {
            LOG.debug("the reader was told to stop", e);
            if (view.ready()) {
                snapshots.last(view, anchors);
            }
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

    private void restore() {
        view.become(new ViewStatus.CatchingUp());
        long begun = System.nanoTime();
        snapshots
                .newest(partitions.size())
                .ifPresent(snapshot -> {
                    view.restore(snapshot);
                    snapshots.restored(view);
                    for (TopicPartition partition : partitions) {
                        Anchor anchor = snapshot.anchors().get(partition.partition());
                        anchors.set(partition.partition(), anchor);
                        if (!anchor.equals(Anchor.NONE)) {
                            awaited.put(partition.partition(), anchor);
                        }
                    }
                    LOG.info(
                            "restored {} tokens as of {} events from a snapshot in {} ms",
                            view.tokens(),
                            view.eventsApplied(),
                            millisSince(begun));
                });
    }

    /** Reads until something is wrong that reading everything anew may heal. */
    private void readOn() throws InterruptedException {
        try {
            read();
        } catch (PartitionCursor.Gap | Contradiction | ForeignTopic | InvalidOffsetException e) {
            String why = Objects.requireNonNullElse(e.getMessage(), e.toString());
            if (!rebuiltFor.add(why)) {
                throw e;
            }
            LOG.error("the view is wrong and is read again from the beginning: {}", why, e);
            // In this order: nobody may be answered from an empty view.
            view.become(new ViewStatus.Rebuilding(why));
            view.reset();
            rebuilds = rebuiltFor.size();
            awaited.clear();
            Collections.fill(anchors, Anchor.NONE);
            forgetWhere();
        }
    }

    private void forgetWhere() {
        for (int partition = 0; partition < readUpTo.length(); partition++) {
            readUpTo.set(partition, NOWHERE);
        }
    }

    private void read() throws InterruptedException {
        consumer.assign(partitions);
        Map<TopicPartition, Long> starts =
                untilAnswered(() -> consumer.beginningOffsets(partitions));
        Map<TopicPartition, Long> ends = untilAnswered(() -> consumer.endOffsets(partitions));
        Map<TopicPartition, Long> from = new HashMap<>();
        for (TopicPartition partition : partitions) {
            Anchor anchor = anchors.get(partition.partition());
            long start =
                    anchor.equals(Anchor.NONE)
                            ? starts.getOrDefault(partition, 0L)
                            : anchor.offset();
            from.put(partition, start);
            consumer.seek(partition, start);
        }
        catchUp(new CatchUp(from, ends));
        if (!awaited.isEmpty()) {
            throw new ForeignTopic(
                    "what the snapshot has read last is not in partitions " + awaited.keySet());
        }
        view.become(new ViewStatus.Ready());
        LOG.info(
                "ready with {} tokens and {} accounts from {} events",
                view.tokens(),
                view.accounts(),
                view.eventsApplied());
        while (true) {
            applyNext();
            snapshots.perhaps(view, anchors);
        }
    }

    private void catchUp(CatchUp catchUp) throws InterruptedException {
        long begun = System.nanoTime();
        long told = begun;
        long before = view.eventsApplied();
        while (!untilAnswered(() -> catchUp.reached(consumer))) {
            applyNext();
            percent = Math.min(catchUp.percent(), CAUGHT_UP - 1);
            if (System.nanoTime() - told > PROGRESS_EVERY.toNanos()) {
                told = System.nanoTime();
                LOG.info("{} % read, {} events", percent, view.eventsApplied());
            }
        }
        percent = CAUGHT_UP;
        LOG.info("read {} events in {} ms", view.eventsApplied() - before, millisSince(begun));
    }

    private static long millisSince(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos).toMillis();
    }

    private void applyNext() throws InterruptedException {
        ConsumerRecords<byte[], byte[]> records = untilAnswered(() -> consumer.poll(POLL));
        AppliedEvents traced = traced(records);
        if (records.count() < MUCH) {
            for (TopicPartition partition : records.partitions()) {
                apply(Decoding.piece(partition.partition(), records.records(partition)));
            }
        } else {
            for (Future<Decoding.Piece> piece : decoding.decode(records)) {
                apply(result(piece));
            }
        }
        traced.end(this::isApplied);
        for (TopicPartition partition : partitions) {
            readUpTo.set(partition.partition(), untilAnswered(() -> consumer.position(partition)));
        }
        behind =
                partitions.stream().map(consumer::currentLag).mapToLong(lag -> lag.orElse(0)).sum();
    }

    /** While it catches up nobody waits for an event: those traces have ended. */
    private AppliedEvents traced(ConsumerRecords<byte[], byte[]> records) {
        return view.ready() ? AppliedEvents.begin(tracing, records) : AppliedEvents.NONE;
    }

    private boolean isApplied(Position position) {
        return view.position(position.partition()).pseq() >= position.pseq();
    }

    private void apply(Decoding.Piece piece) {
        Anchor expected = awaited.remove(piece.partition());
        if (expected != null && piece.failure() == null && !expected.equals(piece.first())) {
            throw new ForeignTopic(
                    "partition "
                            + piece.partition()
                            + " has "
                            + piece.first()
                            + ", where the snapshot has read "
                            + expected);
        }
        for (RecordedEvent event : piece.events()) {
            view.apply(event);
            applied.accept(event);
        }
        if (piece.failure() != null) {
            throw piece.failure();
        }
        anchors.set(piece.partition(), piece.last());
    }

    private static Decoding.Piece result(Future<Decoding.Piece> piece) throws InterruptedException {
        try {
            return piece.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("decoding ended", e);
        }
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
