package com.tokaify.ledger.command.store;

import java.util.Optional;

/**
 * Knows what has to be written beside an event in its transaction, such as the row by which a
 * token's expiry is found. Called on the lanes' threads.
 */
@FunctionalInterface
public interface EventCompanion {
    Optional<SideWrite> of(NewEvent event);
}
