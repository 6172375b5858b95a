package com.tokaify.ledger.query.projection;

import com.tokaify.ledger.events.RecordedEvent;
import java.util.List;

/** A projection that cannot write, whatever the events are. */
record FailingProjection() implements Projection {
    static final String MESSAGE = "out of order";

    @Override
    public String name() {
        return "failing";
    }

    @Override
    public void apply(List<RecordedEvent> events) {
        throw new IllegalStateException(MESSAGE);
    }
}
