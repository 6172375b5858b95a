package com.tokaify.ledger.enforcement.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.ref.Reference;
import org.junit.jupiter.api.Test;

class ViewMemoryTest {
    private static final int TOKENS = 300_000;

    /** The aim is 120; the rest is for what a JVM with other tests in it does beside. */
    private static final long BOUND = 125;

    /**
     * Millions of tokens fit in a heap: both indexes, accounts and shared terms included, and each
     * token with a limit and an expiry of its own.
     */
    @Test
    void aTokenTakesNoMoreHeapThanItMay() {
        long before = usedHeap();
        LocalView view = ManyTokens.view(TOKENS);
        try {
            long bytes = (usedHeap() - before) / TOKENS;
            assertThat(bytes).as("bytes of heap per token").isBetween(60L, BOUND);
        } finally {
            Reference.reachabilityFence(view);
        }
    }

    private static long usedHeap() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
