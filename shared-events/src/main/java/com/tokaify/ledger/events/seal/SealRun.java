package com.tokaify.ledger.events.seal;

/**
 * Consecutive events of one partition, which are consecutive leaves of the log.
 *
 * @param firstPseq the position of the first
 * @param count how many, 1 at least
 */
public record SealRun(int partition, long firstPseq, int count) {
    public SealRun {
        if (partition < 0 || partition > Short.MAX_VALUE || firstPseq < 1 || count < 1) {
            throw new IllegalArgumentException(
                    "a run has a partition, a first position and a count of 1 at least");
        }
    }
}
