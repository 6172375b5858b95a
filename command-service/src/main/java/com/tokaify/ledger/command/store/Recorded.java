package com.tokaify.ledger.command.store;

import com.tokaify.ledger.command.decision.RecordedFact;
import com.tokaify.ledger.events.Position;

/** A once-only fact that is in the ledger, and where. */
public record Recorded(Position position, RecordedFact fact) {}
