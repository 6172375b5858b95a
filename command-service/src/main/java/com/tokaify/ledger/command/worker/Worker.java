package com.tokaify.ledger.command.worker;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * A platform thread that works until it is closed, and what it rests by: for a while, or until
 * somebody says that there is work. Being closed ends either rest; what is at hand it finishes.
 */
public final class Worker implements AutoCloseable {
    private final Semaphore work = new Semaphore(0);
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;

    /**
     * @param name of the thread
     * @param run returns soon after {@link #isClosing}
     */
    public Worker(String name, Runnable run) {
        this.thread = Thread.ofPlatform().name(name).unstarted(run);
    }

    public void start() {
        thread.start();
    }

    public boolean isClosing() {
        return closing.getCount() == 0;
    }

    /** Says that there is work. Any thread may. */
    public void wake() {
        work.release();
    }

    /** The worker's own: rests until it is woken, however often, but no longer than this. */
    public void awaitWork(Duration limit) {
        try {
            if (work.tryAcquire(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                work.drainPermits();
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** The worker's own: rests for so long. */
    public void pause(Duration pause) {
        try {
            var _ = closing.await(pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private IllegalStateException interrupted(InterruptedException e) {
        return new IllegalStateException("nobody interrupts " + thread.getName(), e);
    }

    /** Returns when it has ended. */
    @Override
    public void close() {
        closing.countDown();
        wake();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
