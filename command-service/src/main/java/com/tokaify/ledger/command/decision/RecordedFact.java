package com.tokaify.ledger.command.decision;

import com.tokaify.ledger.events.LedgerEvent;
import com.tokaify.ledger.events.id.StreamId;

/**
 * A once-only fact that is recorded already, or was decided just now.
 *
 * @param sequence its place in the stream
 */
public record RecordedFact(StreamId stream, long sequence, LedgerEvent event) {}
