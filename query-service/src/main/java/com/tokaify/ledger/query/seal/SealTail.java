package com.tokaify.ledger.query.seal;

import com.tokaify.ledger.events.codec.UnreadableEvent;
import com.tokaify.ledger.events.kafka.Topics;
import com.tokaify.ledger.events.seal.SealRecords;
import com.tokaify.ledger.seals.VerifierKey;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Follows {@code ledger.seals} into {@link SealTables}. A seal that does not fit stops it until an
 * operator has looked, and what was published before stays published; what passes, such as Kafka
 * being away, is tried again.
 *
 * <p>Daemon thread {@code ledger-seal-tail}: a transaction cut short changes nothing.
 */
final class SealTail implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(SealTail.class);
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration STOP = Duration.ofSeconds(10);
    private static final TopicPartition PARTITION = new TopicPartition(Topics.SEALS, 0);

    private final Supplier<Consumer<byte[], byte[]>> consumers;
    private final SealTables tables;
    private final PublishedKey key;
    private final Duration retryPause;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread =
            Thread.ofPlatform().name("ledger-seal-tail").daemon().unstarted(this::follow);
    private volatile @Nullable Consumer<byte[], byte[]> reading;
    private volatile @Nullable String trouble;

    SealTail(
            Supplier<Consumer<byte[], byte[]>> consumers,
            SealTables tables,
            PublishedKey key,
            Duration retryPause) {
        this.consumers = consumers;
        this.tables = tables;
        this.key = key;
        this.retryPause = retryPause;
    }

    /** Why seals are not followed, in words for an operator; empty where they are. */
    Optional<String> trouble() {
        return Optional.ofNullable(trouble);
    }

    @Override
    public void start() {
        thread.start();
    }

    private void follow() {
        while (isOpen()) {
            try (Consumer<byte[], byte[]> consumer = consumers.get()) {
                reading = consumer;
                read(consumer);
            } catch (WakeupException e) {
                // Asked to stop.
            } catch (SealTables.Misfit | UnreadableEvent e) {
                trouble = String.valueOf(e.getMessage());
                LOG.error("no more seals are published until an operator has looked", e);
                return;
            } catch (RuntimeException e) {
                trouble = String.valueOf(e.getMessage());
                LOG.warn("{} cannot be followed, trying again: {}", Topics.SEALS, e.toString());
                pause();
            } finally {
                reading = null;
            }
        }
    }

    private void read(Consumer<byte[], byte[]> consumer) {
        if (consumer.partitionsFor(Topics.SEALS).isEmpty()) {
            waitFor("the topic " + Topics.SEALS);
            return;
        }
        consumer.assign(List.of(PARTITION));
        consumer.seek(PARTITION, tables.nextOffset());
        while (isOpen()) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                @Nullable VerifierKey verifier = key.get().orElse(null);
                if (verifier == null && key.isWanted()) {
                    waitFor("the file of the verifier key");
                    return;
                }
                tables.add(SealRecords.read(record), verifier, record.offset() + 1);
            }
            trouble = null;
        }
    }

    private void waitFor(String what) {
        trouble = "waits for " + what;
        pause();
    }

    private void pause() {
        try {
            var _ = closing.await(retryPause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            closing.countDown();
        }
    }

    private boolean isOpen() {
        return closing.getCount() > 0;
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
                LOG.warn("the tail of seals has not ended within {}", STOP);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return thread.isAlive();
    }
}
