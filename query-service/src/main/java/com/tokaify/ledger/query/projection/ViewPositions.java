package com.tokaify.ledger.query.projection;

import com.tokaify.ledger.events.Position;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How far the view has come, for those who wait for it. Written by the tail's thread after each
 * commit, which wakes the waiting requests of the partitions that moved; nobody asks the database
 * and nobody spins. Waiters are requests, so their number is bounded by the server's connections.
 * In memory only: on start the tail fills it from the stored positions.
 */
public final class ViewPositions {

    /** One partition, so that a commit wakes only those it concerns. */
    private static final class Progress {
        private final ReentrantLock lock = new ReentrantLock();
        private final Condition moved = lock.newCondition();
        private long pseq;
    }

    private final Progress[] partitions;

    public ViewPositions(int partitions) {
        this.partitions = new Progress[partitions];
        for (int i = 0; i < partitions; i++) {
            this.partitions[i] = new Progress();
        }
    }

    public int partitions() {
        return partitions.length;
    }

    /** The last event of the partition that is in the view; 0 before the first. */
    public long pseq(int partition) {
        Progress progress = partitions[partition];
        progress.lock.lock();
        try {
            return progress.pseq;
        } finally {
            progress.lock.unlock();
        }
    }

    /** The view has everything up to and including this position. */
    public void reached(Position position) {
        Progress progress = partitions[position.partition()];
        progress.lock.lock();
        try {
            progress.pseq = position.pseq();
            progress.moved.signalAll();
        } finally {
            progress.lock.unlock();
        }
    }

    /**
     * Waits until the view has the event at this position.
     *
     * @return false where it had not when the time was up
     */
    public boolean await(Position position, Duration atMost) throws InterruptedException {
        Progress progress = partitions[position.partition()];
        long nanosLeft = atMost.toNanos();
        progress.lock.lock();
        try {
            while (progress.pseq < position.pseq()) {
                if (nanosLeft <= 0) {
                    return false;
                }
                nanosLeft = progress.moved.awaitNanos(nanosLeft);
            }
            return true;
        } finally {
            progress.lock.unlock();
        }
    }
}
