package com.tokaify.ledger.command.store;

import com.tokaify.ledger.events.Position;

/** The last event of a stream: its place in the stream, and where it stands in the ledger. */
public record StreamEnd(long sequence, Position position) {}
