package com.tokaify.ledger.query.live;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What waits for one listener. {@link LiveFeed} puts in, the listener's request takes out. Nothing
 * waits for one that is over: what it has not received it asks for when it comes back.
 */
final class Listener {
    private final LiveScope scope;
    private final Mark start;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final Queue<LiveMessage> waiting = new ArrayDeque<>();
    private boolean over;

    /**
     * @param start it is told of everything behind it
     */
    Listener(LiveScope scope, Mark start) {
        this.scope = scope;
        this.start = start;
    }

    LiveScope scope() {
        return scope;
    }

    Mark start() {
        return start;
    }

    void offer(LiveMessage message) {
        lock.lock();
        try {
            if (!over) {
                waiting.add(message);
                arrived.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /** How many messages wait. */
    int waiting() {
        lock.lock();
        try {
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }

    /** Ends it, whatever waits. */
    void end() {
        lock.lock();
        try {
            over = true;
            waiting.clear();
            arrived.signal();
        } finally {
            lock.unlock();
        }
    }

    boolean isOver() {
        lock.lock();
        try {
            return over;
        } finally {
            lock.unlock();
        }
    }

    /** The next message; empty where none came in time, or it is over. */
    Optional<LiveMessage> next(Duration atMost) throws InterruptedException {
        long nanosLeft = atMost.toNanos();
        lock.lock();
        try {
            while (waiting.isEmpty() && !over && nanosLeft > 0) {
                nanosLeft = arrived.awaitNanos(nanosLeft);
            }
            return Optional.ofNullable(waiting.poll());
        } finally {
            lock.unlock();
        }
    }
}
