package com.tokaify.ledger.audit.seal;

import java.util.List;

/**
 * A checkpoint, and what the log had grown by since the one before.
 *
 * @param firstLeaf the size of the one before
 */
public record SealedSeal(long firstLeaf, List<SealedRun> runs, SealedCheckpoint checkpoint) {}
