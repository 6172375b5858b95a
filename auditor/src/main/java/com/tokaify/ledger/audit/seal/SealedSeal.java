package com.tokaify.ledger.audit.seal;

import java.util.List;

/** A checkpoint, and what the log had grown by since the one before. */
public record SealedSeal(List<SealedRun> runs, SealedCheckpoint checkpoint) {}
