package com.tokaify.ledger.query.seal;

import com.tokaify.ledger.events.codec.UnreadableEvent;
import com.tokaify.ledger.events.kafka.Topics;
import com.tokaify.ledger.events.seal.SealRecords;
import com.tokaify.ledger.query.projection.TopicThread;
import com.tokaify.ledger.seals.VerifierKey;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Follows {@code ledger.seals} into {@link SealTables}. A seal that does not fit stops it until an
 * operator has looked, and what was published before stays published; what passes, such as Kafka
 * being away, is tried again.
 *
 * <p>Thread {@code ledger-seal-tail}.
 */
final class SealTail implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(SealTail.class);
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final TopicPartition PARTITION = new TopicPartition(Topics.SEALS, 0);

    private final SealTables tables;
    private final PublishedKey key;
    private final Duration retryPause;
    private final TopicThread thread;
    private volatile @Nullable String trouble;

    SealTail(
            Supplier<Consumer<byte[], byte[]>> consumers,
            SealTables tables,
            PublishedKey key,
            Duration retryPause) {
        this.thread = new TopicThread("ledger-seal-tail", consumers, this::follow);
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
        while (thread.isOpen()) {
            try {
                thread.read(this::read);
            } catch (SealTables.Misfit | UnreadableEvent e) {
                trouble = String.valueOf(e.getMessage());
                LOG.error("no more seals are published until an operator has looked", e);
                return;
            } catch (RuntimeException e) {
                trouble = String.valueOf(e.getMessage());
                LOG.warn("{} cannot be followed, trying again: {}", Topics.SEALS, e.toString());
                pause();
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
        while (thread.isOpen()) {
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
        thread.pause(retryPause);
    }

    @Override
    public void stop() {
        thread.stop();
    }

    @Override
    public boolean isRunning() {
        return thread.isAlive();
    }
}
