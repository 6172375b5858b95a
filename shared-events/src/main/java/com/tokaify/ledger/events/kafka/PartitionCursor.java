package com.tokaify.ledger.events.kafka;

/**
 * How far a reader has come in each partition. Kafka promises no loss and no duplicates; this
 * notices where it is wrong. Not thread-safe.
 */
public final class PartitionCursor {

    /** What to do with the record at hand. */
    public enum Step {
        APPLY,
        /** It was applied before. */
        SKIP
    }

    /** Events between the last one applied and this one are missing: stop, alarm, rebuild. */
    public static final class Gap extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private Gap(int partition, long last, long next) {
            super(
                    "partition "
                            + partition
                            + ": event "
                            + (last + 1)
                            + " is missing, the next to come is "
                            + next);
        }
    }

    private final long[] last;

    public PartitionCursor(int partitions) {
        this.last = new long[partitions];
    }

    public long last(int partition) {
        return last[partition];
    }

    /** Sets where reading continues, e.g. from a stored position. */
    public void restore(int partition, long pseq) {
        last[partition] = pseq;
    }

    /**
     * @throws Gap where {@code pseq} is not the next one and not an old one
     */
    public Step advance(int partition, long pseq) {
        if (pseq <= last[partition]) {
            return Step.SKIP;
        }
        if (pseq > last[partition] + 1) {
            throw new Gap(partition, last[partition], pseq);
        }
        last[partition] = pseq;
        return Step.APPLY;
    }
}
