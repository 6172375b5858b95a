package com.tokaify.ledger.query.projection;

import com.tokaify.ledger.service.worker.Worker;
import java.time.Duration;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A daemon thread that follows a topic until it is stopped, whatever it waits for then. A daemon,
 * since a database that hangs must not keep the process from ending, and a transaction cut short
 * changes nothing.
 */
public final class TopicThread {
    private static final Logger LOG = LoggerFactory.getLogger(TopicThread.class);
    private static final Duration STOP = Duration.ofSeconds(10);

    private final String name;
    private final Supplier<Consumer<byte[], byte[]>> consumers;
    private final Worker worker;
    private volatile @Nullable Consumer<byte[], byte[]> reading;

    /**
     * @param consumers opens one
     * @param follow ends soon after {@link #isOpen} has become false
     */
    public TopicThread(String name, Supplier<Consumer<byte[], byte[]>> consumers, Runnable follow) {
        this.name = name;
        this.consumers = consumers;
        this.worker = Worker.daemon(name, follow);
    }

    public void start() {
        worker.start();
    }

    public boolean isAlive() {
        return worker.isAlive();
    }

    /** Whether it is to go on. */
    public boolean isOpen() {
        return !worker.isClosing();
    }

    /** The thread's own: rests for so long, or until it is stopped. */
    public void pause(Duration pause) {
        worker.pause(pause);
    }

    /** The thread's own: reads with a new consumer, until that is done, fails or is stopped. */
    public void read(java.util.function.Consumer<Consumer<byte[], byte[]>> session) {
        try (Consumer<byte[], byte[]> consumer = consumers.get()) {
            reading = consumer;
            session.accept(consumer);
        } catch (WakeupException e) {
            // Asked to stop.
        } finally {
            reading = null;
        }
    }

    /** Returns when it has ended; one that does not end in time is left alone. */
    public void stop() {
        worker.end();
        Consumer<byte[], byte[]> consumer = reading;
        if (consumer != null) {
            consumer.wakeup();
        }
        if (!worker.close(STOP)) {
            LOG.warn("{} has not ended within {}", name, STOP);
        }
    }
}
