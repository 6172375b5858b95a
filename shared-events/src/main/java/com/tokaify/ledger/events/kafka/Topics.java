package com.tokaify.ledger.events.kafka;

/**
 * The topics of the contract. Both have the ledger's number of partitions and are keyed by the
 * stream.
 */
public final class Topics {
    /**
     * Every event of the ledger, in order per stream. Written by command-service's relay alone,
     * read committed.
     */
    public static final String EVENTS = "ledger.events";

    /** What calls have cost, from gateways and enforcement to command-service. */
    public static final String USAGE = "ledger.usage";

    private Topics() {}
}
