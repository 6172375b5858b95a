package com.tokaify.ledger.command.seal;

import java.util.ArrayList;
import java.util.List;

/**
 * What the next seal takes of each partition: the same of all that have so much, so that none waits
 * for another's backlog. What one leaves the next may have.
 */
final class FairShares {
    /** The partition that is asked first next time, since the last ones get the remainders. */
    private int first;

    /**
     * @param ends the last position of each partition that may be sealed
     * @param sealed the last position of each that is
     * @param limit the most events of a seal
     */
    List<Slice> next(long[] ends, long[] sealed, int limit) {
        List<Slice> slices = new ArrayList<>();
        int behind = 0;
        for (int partition = 0; partition < ends.length; partition++) {
            if (ends[partition] > sealed[partition]) {
                behind++;
            }
        }
        int left = limit;
        for (int i = 0; i < ends.length && left > 0; i++) {
            int partition = (first + i) % ends.length;
            long backlog = ends[partition] - sealed[partition];
            if (backlog > 0) {
                int share = Math.max(1, left / behind--);
                int count = (int) Math.min(backlog, share);
                slices.add(new Slice(partition, sealed[partition], count));
                left -= count;
            }
        }
        first = (first + 1) % ends.length;
        return slices;
    }
}
