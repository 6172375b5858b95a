package com.tokaify.ledger.events.kafka;

/**
 * The topics of the contract. Those of events and usage have the ledger's number of partitions and
 * are keyed by the stream; that of seals has one.
 */
public final class Topics {
    /**
     * Every event of the ledger, in order per stream. Written by command-service's relay alone,
     * read committed.
     */
    public static final String EVENTS = "ledger.events";

    /** What calls have cost, from gateways and enforcement to command-service. */
    public static final String USAGE = "ledger.usage";

    /**
     * What the log of seals has grown by, in order. Written by command-service alone, kept for
     * ever.
     */
    public static final String SEALS = "ledger.seals";

    private Topics() {}
}
