package com.tokaify.ledger.audit.pack;

/**
 * What a pack says of itself, for people and programs that look for the right one. What is verified
 * is what it has; this is held against that.
 *
 * @param scope {@code tok_…}, {@code acc_…} or {@code everything}
 * @param partitions of the ledger
 * @param size leaves of the log under the pack's checkpoint
 */
public record Manifest(
        String format, String scope, int partitions, long events, long size, String madeAt) {
    static final String FORMAT = "tokaify-ledger-evidence/v1";
    static final String EVERYTHING = "everything";
}
