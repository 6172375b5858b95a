package com.tokaify.ledger.audit.seal;

import com.tokaify.ledger.audit.core.Hash;
import java.util.Arrays;

/**
 * Consecutive events of a partition that were sealed together, as a row of {@code seal.run}.
 *
 * @param firstLeaf where the first of them stands in the log, from 0
 * @param hashes their leaf hashes, one after the other
 */
@SuppressWarnings("ArrayRecordComponent") // cut up, never compared
public record SealedRun(long firstLeaf, int partition, long firstPseq, int count, byte[] hashes) {

    /** Whether there is a hash for each event, and an event. */
    public boolean isWhole() {
        return count > 0 && hashes.length == count * Hash.LENGTH;
    }

    public byte[] hash(int index) {
        return Arrays.copyOfRange(hashes, index * Hash.LENGTH, (index + 1) * Hash.LENGTH);
    }
}
