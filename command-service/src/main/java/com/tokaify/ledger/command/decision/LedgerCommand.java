package com.tokaify.ledger.command.decision;

import com.tokaify.ledger.events.id.StreamId;

/**
 * Something the ledger is asked to do to one stream.
 *
 * @param <A> what is answered when it is accepted
 */
public interface LedgerCommand<A> {
    StreamId stream();

    CommandContext context();

    /** Whether it is the first of its stream, so that there is nothing to read beforehand. */
    default boolean beginsItsStream() {
        return false;
    }
}
