package com.tokaify.ledger.benchmarks;

import com.tokaify.ledger.events.id.TokenId;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * One consumption as a gateway would ask for it.
 *
 * @param usageId new, 36 characters
 */
record Usage(TokenId tokenId, String usageId, long amount) {
    /** The model all of them name. */
    static final String MODEL = "gpt-4o-mini";

    private static final long AMOUNT_MAX = 10_000;

    static Usage of(TokenId tokenId, RandomGenerator random) {
        return new Usage(tokenId, text(random), random.nextLong(1, AMOUNT_MAX));
    }

    /**
     * A random UUID's text. From the caller's own generator: a secure one would be a bottleneck.
     */
    static String text(RandomGenerator random) {
        return new UUID(random.nextLong(), random.nextLong()).toString();
    }
}
