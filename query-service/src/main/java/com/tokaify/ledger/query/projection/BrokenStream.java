package com.tokaify.ledger.query.projection;

import com.tokaify.ledger.events.RecordedEvent;

/**
 * An event that contradicts those before it: its partition must stop, since no view of it can be
 * right.
 */
public final class BrokenStream extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient RecordedEvent recorded;

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
        this.recorded = recorded;
    }

    public int partition() {
        return recorded.position().partition();
    }

    RecordedEvent recorded() {
        return recorded;
    }

    Stop stop() {
        return Stop.at(recorded, String.valueOf(getMessage()));
    }
}
