package com.tokaify.ledger.audit.check;

import com.tokaify.ledger.audit.core.LoggedEvent;

/** Sees every event of a partition in order; one instance for each partition, so no locks. */
public interface PartitionCheck {
    void see(LoggedEvent event);

    /** Behind the last event of the partition. */
    default void end() {}
}
