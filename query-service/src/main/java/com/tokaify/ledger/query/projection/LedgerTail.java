package com.tokaify.ledger.query.projection;

import com.tokaify.ledger.events.Position;
import com.tokaify.ledger.events.kafka.PartitionCursor;
import com.tokaify.ledger.events.kafka.Topics;
import com.tokaify.ledger.service.trace.AppliedEvents;
import com.tokaify.ledger.service.trace.Tracing;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Follows {@code ledger.events} and keeps the view up to date: one platform thread that polls, and
 * a {@link WriterThread} that hands each batch to the {@link ViewWriter} and wakes those who wait.
 * What comes while a batch is being applied makes up the next one, so that batches grow with the
 * load. It keeps nothing of its own: after any failure it begins a new session at the positions
 * PostgreSQL has.
 *
 * <p>It assigns itself every partition instead of joining a consumer group. The positions lie in
 * PostgreSQL, so a group would add nothing but its rebalances, and after a {@code kill -9} the
 * broker would keep the dead member's partitions for its session's time-out. Instances side by side
 * on one database stay right because the writer locks the positions it moves, and each of them
 * knows how far every partition is.
 *
 * <p>A partition whose next record is missing, unreadable or contradicts the past stops, visibly,
 * and the others go on. It is tried again by the next start, and as soon as the view has been
 * replaced by one built anew, by whichever instance.
 *
 * <p>A {@link Rebuild} runs a second one into a second schema.
 */
public final class LedgerTail implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(LedgerTail.class);
    private static final Duration POLL = Duration.ofMillis(250);
    private static final Duration GLANCE = Duration.ofMillis(5);
    private static final Duration PATIENCE_FOR_ENDS = Duration.ofSeconds(1);
    private static final long BETWEEN_QUESTIONS_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final ViewWriter writer;
    private final ViewPositions positions;
    private final ViewState state;
    private final StreamProgress progress;
    private final StreamSettings settings;
    private final Tracing tracing;

    private final String name;
    private final TopicThread thread;

    /**
     * @param name of the thread
     */
    LedgerTail(
            String name,
            Supplier<Consumer<byte[], byte[]>> consumers,
            ViewWriter writer,
            ViewPositions positions,
            ViewState state,
            StreamProgress progress,
            StreamSettings settings,
            Tracing tracing) {
        this.name = name;
        this.thread = new TopicThread(name, consumers, this::follow);
        this.writer = writer;
        this.positions = positions;
        this.state = state;
        this.progress = progress;
        this.settings = settings;
        this.tracing = tracing;
    }

    @Override
    public void start() {
        thread.start();
    }

    @Override
    public void stop() {
        thread.stop();
    }

    @Override
    public boolean isRunning() {
        return thread.isAlive();
    }

    /** Stops after the web server, so that requests that wait for the view get it. */
    @Override
    public int getPhase() {
        return 0;
    }

    private void follow() {
        try {
            while (isOpen()) {
                session();
            }
        } catch (Error e) {
            state.failing("is not followed any more: " + e, e);
            throw e;
        }
    }

    /** Reads from the stored positions until it is stopped or something fails. */
    private void session() {
        try {
            thread.read(consumer -> {
                if (awaitTopic(consumer)) {
                    read(consumer);
                }
            });
        } catch (OffsetOutOfRangeException e) {
            e.offsetOutOfRangePartitions()
                    .forEach((partition, offset) ->
                            state.stopped(
                                    Stop.of(
                                            partition.partition(),
                                            "the topic no longer has offset " + offset)));
        } catch (KafkaException e) {
            LOG.warn("{} cannot be read, trying again: {}", Topics.EVENTS, e.getMessage());
            state.waiting("waits for Kafka");
            pause();
        } catch (RuntimeException e) {
            state.failing("cannot be written: " + e.getMessage(), e);
            pause();
        }
    }

    /**
     * @return false where it was stopped before the topic was there
     */
    private boolean awaitTopic(Consumer<byte[], byte[]> consumer) {
        while (isOpen()) {
            int found = consumer.partitionsFor(Topics.EVENTS).size();
            if (found == positions.partitions()) {
                return true;
            }
            state.waiting(
                    found == 0
                            ? "waits for the topic " + Topics.EVENTS
                            : "waits for the topic %s to have %d partitions, it has %d"
                                    .formatted(Topics.EVENTS, positions.partitions(), found));
            pause();
        }
        return false;
    }

    private void read(Consumer<byte[], byte[]> consumer) {
        try (WriterThread writing = new WriterThread(name + "-writer")) {
            read(consumer, writing);
        }
    }

    private void read(Consumer<byte[], byte[]> consumer, WriterThread writing) {
        long view = writer.view();
        Collection<ProjectionPosition> start = writer.start();
        publish(start);
        BatchReader reader = new BatchReader(begin(consumer, start));
        Map<TopicPartition, Long> goal = consumer.endOffsets(consumer.assignment());
        state.behind("is catching up with the stream");
        boolean filling = writer.beginFilling(records(start, goal) > settings.maxBatchEvents());
        Map<Integer, Long> underWay = Map.of();
        EventBatch next = EventBatch.NOTHING;
        AppliedEvents nextTraced = AppliedEvents.NONE;
        long nextQuestion = System.nanoTime();
        while (isOpen()) {
            ConsumerRecords<byte[], byte[]> records =
                    consumer.poll(writing.isBusy() ? GLANCE : POLL);
            EventBatch read = reader.read(records);
            consumer.pause(partitions(read.stops()));
            next = next.and(read);
            nextTraced = nextTraced.and(traced(records));
            if (writing.isBusy() && hasRoom(next)) {
                continue;
            }
            if (writing.finish()) {
                state.working();
                progress.reached(underWay);
                consumer.pause(partitions(state.stops()));
                next = next.without(state.stops());
            }
            if (filling && hasReached(goal)) {
                state.behind("is making its indexes");
                filling = !writer.endFilling();
            }
            underWay = offsets(consumer);
            if (next.isNothing()) {
                progress.reached(underWay);
            } else {
                EventBatch batch = next;
                AppliedEvents traced = nextTraced;
                writing.begin(() -> apply(batch, traced));
                next = EventBatch.NOTHING;
                nextTraced = AppliedEvents.NONE;
            }
            if (!filling && hasReached(goal)) {
                state.working();
                state.caughtUp();
            }
            if (System.nanoTime() - nextQuestion >= 0) {
                nextQuestion = System.nanoTime() + BETWEEN_QUESTIONS_NANOS;
                askForEnds(consumer);
                if (state.isAnyStopped() && writer.view() != view) {
                    state.replaced();
                    return;
                }
            }
        }
    }

    /** Records between these positions and the goal, with the markers of transactions. */
    private static long records(
            Collection<ProjectionPosition> start, Map<TopicPartition, Long> goal) {
        long records = goal.values().stream().mapToLong(Long::longValue).sum();
        return records - start.stream().mapToLong(ProjectionPosition::nextOffset).sum();
    }

    /** Whether one more poll fits into the batch. */
    private boolean hasRoom(EventBatch batch) {
        return batch.events().size() + settings.maxPollEvents() <= settings.maxBatchEvents();
    }

    /** Of a view that is still to catch up nobody waits for an event: those traces have ended. */
    private AppliedEvents traced(ConsumerRecords<byte[], byte[]> records) {
        return state.isBehind() ? AppliedEvents.NONE : AppliedEvents.begin(tracing, records);
    }

    private void apply(EventBatch batch, AppliedEvents traced) {
        long began = System.nanoTime();
        ViewWriter.Applied applied = writer.apply(batch);
        applied.stops().forEach(state::stopped);
        publish(applied.reached());
        traced.end(each -> positions.pseq(each.partition()) >= each.pseq());
        progress.applied(batch.events().size(), System.nanoTime() - began);
    }

    /** How far has been read; what has stopped is left out, it moves no more. */
    private Map<Integer, Long> offsets(Consumer<byte[], byte[]> consumer) {
        Set<TopicPartition> stopped = consumer.paused();
        Map<Integer, Long> offsets = new HashMap<>();
        for (TopicPartition partition : consumer.assignment()) {
            if (!stopped.contains(partition)) {
                offsets.put(partition.partition(), consumer.position(partition));
            }
        }
        return offsets;
    }

    /** Brokers that do not answer are no reason to stop reading: the view just grows older. */
    private void askForEnds(Consumer<byte[], byte[]> consumer) {
        long askedAt = System.nanoTime();
        try {
            Map<Integer, Long> ends = new HashMap<>();
            consumer.endOffsets(consumer.assignment(), PATIENCE_FOR_ENDS)
                    .forEach((partition, end) -> ends.put(partition.partition(), end));
            progress.ended(askedAt, ends);
            state.answered();
        } catch (TimeoutException e) {
            state.waiting("waits for Kafka");
        }
    }

    /** Assigns everything; what has stopped stays assigned and is not read. */
    private PartitionCursor begin(
            Consumer<byte[], byte[]> consumer, Collection<ProjectionPosition> start) {
        PartitionCursor cursor = new PartitionCursor(positions.partitions());
        Map<TopicPartition, Long> offsets = new HashMap<>();
        for (ProjectionPosition position : start) {
            cursor.restore(position.partition(), position.pseq());
            offsets.put(
                    new TopicPartition(Topics.EVENTS, position.partition()), position.nextOffset());
        }
        consumer.assign(offsets.keySet());
        offsets.forEach(consumer::seek);
        consumer.pause(partitions(state.stops()));
        return cursor;
    }

    private static Collection<TopicPartition> partitions(List<Stop> stops) {
        return stops.stream()
                .map(stop -> new TopicPartition(Topics.EVENTS, stop.partition()))
                .toList();
    }

    private void publish(Collection<ProjectionPosition> reached) {
        for (ProjectionPosition position : reached) {
            positions.reached(new Position(position.partition(), position.pseq()));
        }
    }

    /** A stopped partition does not count: it is complained of by itself. */
    private boolean hasReached(Map<TopicPartition, Long> goal) {
        return goal.entrySet().stream()
                .allMatch(end ->
                        state.isStopped(end.getKey().partition())
                                || progress.next(end.getKey().partition()) >= end.getValue());
    }

    private boolean isOpen() {
        return thread.isOpen();
    }

    private void pause() {
        thread.pause(settings.retryPause());
    }
}
