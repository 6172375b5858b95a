package com.tokaify.ledger.query.projection;

import com.tokaify.ledger.events.RecordedEvent;

/**
 * An event that contradicts those before it: its partition must stop, since no view of it can be
 * right.
 */
public final class BrokenStream extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int partition;

    public BrokenStream(RecordedEvent recorded, String contradiction) {
        super(
                "event "
                        + recorded.sequence()
                        + " of "
                        + recorded.stream()
                        + " at "
                        + recorded.position()
                        + ": "
                        + contradiction);
        this.partition = recorded.position().partition();
    }

    public int partition() {
        return partition;
    }
}
