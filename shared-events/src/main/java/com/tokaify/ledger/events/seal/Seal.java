package com.tokaify.ledger.events.seal;

import com.tokaify.ledger.events.FieldRules;
import java.util.List;

/**
 * What the log of seals has grown by, and the signed checkpoint of what it has become. Seals follow
 * each other without gaps: one begins with the leaf the one before has ended at.
 *
 * @param size leaves of the log with this seal
 * @param checkpoint a signed note, as c2sp.org/tlog-checkpoint has it
 * @param firstLeaf of this seal, which is the size before it
 * @param runs which events the leaves are of, in the order of the leaves
 * @param hashes of the leaves, 32 bytes each
 */
@SuppressWarnings("ArrayRecordComponent") // handed on and hashed, never compared
public record Seal(
        long size, String checkpoint, long firstLeaf, List<SealRun> runs, byte[] hashes) {
    public static final int HASH_BYTES = 32;

    /** Leaves of one seal; its record on Kafka stays below a megabyte. */
    public static final int MAX_LEAVES = 10_000;

    public Seal {
        FieldRules.required("checkpoint", checkpoint);
        FieldRules.required("hashes", hashes);
        runs = List.copyOf(FieldRules.required("runs", runs));
        long leaves = runs.stream().mapToLong(SealRun::count).sum();
        if (firstLeaf < 0 || leaves < 1 || leaves > MAX_LEAVES || size != firstLeaf + leaves) {
            throw new IllegalArgumentException(
                    "a seal has 1 to " + MAX_LEAVES + " leaves, and as many as its runs say");
        }
        if (hashes.length != leaves * HASH_BYTES) {
            throw new IllegalArgumentException("a seal has a hash of 32 bytes for each leaf");
        }
    }

    public int leaves() {
        return hashes.length / HASH_BYTES;
    }
}
