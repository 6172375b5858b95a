package com.tokaify.ledger.audit.seal;

/**
 * The log of seals as the ledger keeps it, up to where it was when it was opened. Cursors may be
 * used by several threads at once, each by one.
 */
public interface SealLog {

    /** How many leaves it has. */
    long leaves();

    /** In the order of leaves. */
    Cursor<SealedRun> runs();

    /** Those of a partition, in the order of positions. */
    Cursor<SealedRun> runs(int partition);

    /** In the order of sizes. */
    Cursor<SealedCheckpoint> checkpoints();
}
