package com.tokaify.ledger.command.bus;

import com.tokaify.ledger.command.decision.Decision;

/**
 * What became of a command, before it is durable.
 *
 * @param sequence the place of the stream's last event; {@link
 *     CommandResult.Committed#UNKNOWN_SEQUENCE} where that is not known
 */
public record Outcome<A>(Decision<A> decision, long sequence) {}
