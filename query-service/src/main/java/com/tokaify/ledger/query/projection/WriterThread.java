package com.tokaify.ledger.query.projection;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Applies one batch while the tail reads the next: reading is work of this JVM, applying for the
 * most part waiting for PostgreSQL. One platform thread, one batch at a time; the tail waits where
 * it has read a whole batch and the one before is not done. Used by the tail's thread alone.
 */
final class WriterThread implements AutoCloseable {
    private final ExecutorService thread;
    private @Nullable Future<?> applying;

    WriterThread(String name) {
        this.thread =
                Executors.newSingleThreadExecutor(
                        Thread.ofPlatform().name(name).daemon().factory());
    }

    boolean isBusy() {
        Future<?> current = applying;
        return current != null && !current.isDone();
    }

    /** Begins; the one before must have been {@link #finish}ed. */
    void begin(Runnable apply) {
        applying = thread.submit(apply);
    }

    /**
     * Waits for the batch that was begun, if any.
     *
     * @return whether there was one
     * @throws RuntimeException as applying it did
     */
    boolean finish() {
        Future<?> current = applying;
        if (current == null) {
            return false;
        }
        applying = null;
        try {
            current.get();
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("nobody interrupts the tail", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException refused) {
                throw refused;
            }
            if (e.getCause() instanceof Error fatal) {
                throw fatal;
            }
            throw new IllegalStateException(e);
        }
    }

    /** Waits for what has begun: a session that follows must not begin beside it. */
    @Override
    public void close() {
        thread.close();
    }
}
