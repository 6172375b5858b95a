package com.tokaify.ledger.query.projection;

import com.tokaify.ledger.events.Position;
import com.tokaify.ledger.events.kafka.PartitionCursor;
import com.tokaify.ledger.events.kafka.Topics;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Follows {@code ledger.events} and keeps the view up to date: one platform thread that polls,
 * hands each batch to the {@link ViewWriter}, and wakes those who wait. It keeps nothing of its
 * own: after any failure it begins a new session at the positions PostgreSQL has.
 *
 * <p>It assigns itself every partition instead of joining a consumer group. The positions lie in
 * PostgreSQL, so a group would add nothing but its rebalances, and after a {@code kill -9} the
 * broker would keep the dead member's partitions for its session's time-out. Instances side by side
 * on one database stay right because the writer locks the positions it moves, and each of them
 * knows how far every partition is.
 *
 * <p>A partition whose next record is missing, unreadable or contradicts the past stops, visibly,
 * and the others go on.
 */
public final class LedgerTail implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(LedgerTail.class);
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration STOP = Duration.ofSeconds(10);

    private final Supplier<Consumer<byte[], byte[]>> consumers;
    private final ViewWriter writer;
    private final ViewPositions positions;
    private final ViewState state;
    private final Duration retryPause;

    private final CountDownLatch closing = new CountDownLatch(1);
    // A daemon: a database that hangs must not keep the process from ending, and a transaction cut
    // short changes nothing.
    private final Thread thread =
            Thread.ofPlatform().name("ledger-tail").daemon().unstarted(this::follow);
    private volatile @Nullable Consumer<byte[], byte[]> reading;

    LedgerTail(
            Supplier<Consumer<byte[], byte[]>> consumers,
            ViewWriter writer,
            ViewPositions positions,
            ViewState state,
            Duration retryPause) {
        this.consumers = consumers;
        this.writer = writer;
        this.positions = positions;
        this.state = state;
        this.retryPause = retryPause;
    }

    @Override
    public void start() {
        thread.start();
    }

    @Override
    public void stop() {
        closing.countDown();
        Consumer<byte[], byte[]> consumer = reading;
        if (consumer != null) {
            consumer.wakeup();
        }
        try {
            if (!thread.join(STOP)) {
                LOG.warn("the tail has not ended within {}", STOP);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
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
        try (Consumer<byte[], byte[]> consumer = consumers.get()) {
            reading = consumer;
            if (awaitTopic(consumer)) {
                read(consumer);
            }
        } catch (WakeupException e) {
            // Asked to stop.
        } catch (BrokenStream e) {
            state.stopped(e.partition(), String.valueOf(e.getMessage()));
        } catch (OffsetOutOfRangeException e) {
            e.offsetOutOfRangePartitions()
                    .forEach((partition, offset) ->
                            state.stopped(
                                    partition.partition(),
                                    "the topic no longer has offset " + offset));
        } catch (KafkaException e) {
            LOG.warn("{} cannot be read, trying again: {}", Topics.EVENTS, e.getMessage());
            state.behind("waits for Kafka");
            pause();
        } catch (RuntimeException e) {
            state.failing("cannot be written: " + e.getMessage(), e);
            pause();
        } finally {
            reading = null;
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
            state.behind(
                    found == 0
                            ? "waits for the topic " + Topics.EVENTS
                            : "waits for the topic %s to have %d partitions, it has %d"
                                    .formatted(Topics.EVENTS, positions.partitions(), found));
            pause();
        }
        return false;
    }

    private void read(Consumer<byte[], byte[]> consumer) {
        Collection<ProjectionPosition> start = writer.start();
        publish(start);
        BatchReader reader = new BatchReader(begin(consumer, start));
        Map<TopicPartition, Long> goal = consumer.endOffsets(consumer.assignment());
        state.behind("is catching up with the stream");
        while (isOpen()) {
            ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
            EventBatch batch = reader.read(records);
            if (!batch.nextOffsets().isEmpty()) {
                publish(writer.apply(batch));
            }
            state.working();
            batch.stops().forEach(state::stopped);
            consumer.pause(stoppedOf(consumer.assignment()));
            if (state.isBehind() && hasReached(goal, consumer)) {
                state.caughtUp();
            }
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
        consumer.pause(stoppedOf(offsets.keySet()));
        return cursor;
    }

    private Collection<TopicPartition> stoppedOf(Collection<TopicPartition> partitions) {
        return partitions.stream()
                .filter(partition -> state.isStopped(partition.partition()))
                .toList();
    }

    private void publish(Collection<ProjectionPosition> reached) {
        for (ProjectionPosition position : reached) {
            positions.reached(new Position(position.partition(), position.pseq()));
        }
    }

    /** A stopped partition does not count: it is complained of by itself. */
    private boolean hasReached(Map<TopicPartition, Long> goal, Consumer<byte[], byte[]> consumer) {
        return goal.entrySet().stream()
                .allMatch(end ->
                        state.isStopped(end.getKey().partition())
                                || consumer.position(end.getKey()) >= end.getValue());
    }

    private boolean isOpen() {
        return closing.getCount() > 0;
    }

    private void pause() {
        try {
            // Whether it was stopped is asked at the top of every loop.
            var _ = closing.await(retryPause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            closing.countDown();
        }
    }
}
