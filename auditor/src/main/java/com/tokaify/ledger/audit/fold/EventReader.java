package com.tokaify.ledger.audit.fold;

import com.tokaify.ledger.audit.core.LoggedEvent;
import com.tokaify.ledger.events.LedgerEvent;
import com.tokaify.ledger.events.codec.EventCodec;
import com.tokaify.ledger.events.codec.EventType;
import com.tokaify.ledger.events.codec.UnreadableEvent;

/** Reads what an event says. One thread. */
public final class EventReader {
    private static final String CONSUMED = EventType.QUOTA_CONSUMED.ceType();

    private final ConsumptionReader consumptions = new ConsumptionReader();

    /**
     * @throws UnreadableEvent where it is of no known type, or not what its type says
     */
    public LedgerEvent read(LoggedEvent event) {
        if (event.type().equals(CONSUMED)) {
            LedgerEvent consumed = consumptions.read(event.payload());
            if (consumed != null) {
                return consumed;
            }
        }
        return EventCodec.decode(EventType.ofCeType(event.type()), event.payload());
    }
}
