package com.tokaify.ledger.testkit;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Waits for a state instead of for a time: asks again and again until it is so, and where it never
 * is, fails with the last state seen. An exception while asking counts as "not yet".
 */
public final class Await {
    private static final long SHORTEST_PAUSE_NANOS = Duration.ofMillis(20).toNanos();
    private static final long LONGEST_PAUSE_NANOS = Duration.ofMillis(200).toNanos();

    private Await() {}

    /**
     * @param what what is awaited, for the message
     * @param state asks for the present state
     * @return the first state that is as wanted
     * @throws AssertionError where the limit passes first; its cause is the last exception met
     */
    public static <T> T until(
            Duration limit, String what, Callable<T> state, Predicate<? super T> wanted) {
        long begin = System.nanoTime();
        long deadline = begin + limit.toNanos();
        while (true) {
            Object last;
            @Nullable Exception failure = null;
            try {
                T seen = state.call();
                if (wanted.test(seen)) {
                    return seen;
                }
                last = seen;
            } catch (Exception e) {
                last = e;
                failure = e;
            }
            if (Thread.currentThread().isInterrupted() || System.nanoTime() > deadline) {
                throw new AssertionError(
                        what + ": not within " + limit + "; last seen: " + last, failure);
            }
            LockSupport.parkNanos(pause(System.nanoTime() - begin));
        }
    }

    /**
     * A tenth of what was waited already: what takes long, a process that starts again above all,
     * is to be left the processor, and is not much later for that.
     */
    private static long pause(long waitedNanos) {
        return Math.clamp(waitedNanos / 10, SHORTEST_PAUSE_NANOS, LONGEST_PAUSE_NANOS);
    }

    /** Waits until the condition holds. */
    public static void until(Duration limit, String what, Callable<Boolean> condition) {
        until(limit, what, condition, Boolean::booleanValue);
    }
}
