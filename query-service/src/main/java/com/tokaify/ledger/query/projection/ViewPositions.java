package com.tokaify.ledger.query.projection;

import com.tokaify.ledger.events.Position;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

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
        private boolean told;
    }

    private final Progress[] partitions;

    private final ReentrantLock movesLock = new ReentrantLock();
    private final Condition anyMoved = movesLock.newCondition();
    private long moves;

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
            progress.told = true;
            progress.moved.signalAll();
        } finally {
            progress.lock.unlock();
        }
        countMove();
    }

    private void countMove() {
        movesLock.lock();
        try {
            moves++;
            anyMoved.signalAll();
        } finally {
            movesLock.unlock();
        }
    }

    /**
     * The last event in the view, partition by partition, 0 before the first; null as long as the
     * tail has not told of all of them since the start.
     */
    public long @Nullable [] pseqs() {
        long[] pseqs = new long[partitions.length];
        for (int i = 0; i < pseqs.length; i++) {
            Progress progress = partitions[i];
            progress.lock.lock();
            try {
                if (!progress.told) {
                    return null;
                }
                pseqs[i] = progress.pseq;
            } finally {
                progress.lock.unlock();
            }
        }
        return pseqs;
    }

    /**
     * Waits until anything has moved since the view had moved so many times.
     *
     * @return how many times it has moved by now
     */
    public long awaitMove(long seen, Duration atMost) throws InterruptedException {
        long nanosLeft = atMost.toNanos();
        movesLock.lock();
        try {
            while (moves == seen && nanosLeft > 0) {
                nanosLeft = anyMoved.awaitNanos(nanosLeft);
            }
            return moves;
        } finally {
            movesLock.unlock();
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
