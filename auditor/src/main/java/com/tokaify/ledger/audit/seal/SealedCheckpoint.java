package com.tokaify.ledger.audit.seal;

import java.time.Instant;

/**
 * A row of {@code seal.checkpoint}.
 *
 * @param size of the log, and the row's key
 * @param root as the row says, beside the note that says it signed
 * @param signedAt as the row says; no signature covers it
 */
@SuppressWarnings("ArrayRecordComponent") // compared byte by byte
public record SealedCheckpoint(long size, byte[] root, String note, Instant signedAt) {}
