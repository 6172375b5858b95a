package com.tokaify.ledger.audit.pack;

import com.tokaify.ledger.audit.core.LoggedEvent;

/**
 * An event and where it stands in the log.
 *
 * @param leaf as the log has it
 */
@SuppressWarnings("ArrayRecordComponent") // compared byte by byte
record Sealed(LoggedEvent event, long index, byte[] leaf) {}
