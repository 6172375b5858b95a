package com.tokaify.ledger.service.worker;

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
        this(Thread.ofPlatform().name(name), run);
    }

    private Worker(Thread.Builder thread, Runnable run) {
        this.thread = thread.unstarted(run);
    }

    /** One that does not keep the process from ending: what it is cut short in changes nothing. */
    public static Worker daemon(String name, Runnable run) {
        return new Worker(Thread.ofPlatform().name(name).daemon(), run);
    }

    public void start() {
        thread.start();
    }

    public boolean isAlive() {
        return thread.isAlive();
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

    /** Asks it to end, for who has to disturb it in something else before it can. */
    public void end() {
        closing.countDown();
        wake();
    }

    /** Returns when it has ended. */
    @Override
    public void close() {
        end();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Returns when it has ended, or after so long.
     *
     * @return whether it has
     */
    public boolean close(Duration limit) {
        end();
        if (thread.getState() == Thread.State.NEW) {
            return true;
        }
        try {
            return thread.join(limit);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
