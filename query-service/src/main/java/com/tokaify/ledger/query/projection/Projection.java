package com.tokaify.ledger.query.projection;

import com.tokaify.ledger.events.RecordedEvent;
import java.util.List;

/**
 * One view of the ledger: its tables, and how a batch of events changes them. A function of the
 * events alone, without clock or chance, so that a view built again equals the one it replaces.
 */
public interface Projection {

    /** Names the view's positions; never changed, or the view starts again from the beginning. */
    String name();

    /**
     * Applies events that this projection has not seen, in order within each partition. Runs in a
     * transaction of the calling thread, in which the positions move too.
     *
     * @throws BrokenStream where an event contradicts those before it
     */
    void apply(List<RecordedEvent> events);

    /**
     * The same events together with the bytes they came as, for a projection that keeps those; this
     * is what the writer calls. Others need no more than {@link #apply}.
     */
    default void applyReceived(List<ReceivedEvent> events) {
        apply(events.stream().map(ReceivedEvent::recorded).toList());
    }
}
