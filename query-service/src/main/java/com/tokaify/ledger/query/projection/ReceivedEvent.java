package com.tokaify.ledger.query.projection;

import com.tokaify.ledger.events.RecordedEvent;
import com.tokaify.ledger.events.StoredEvent;
import com.tokaify.ledger.events.codec.EventCodec;

/**
 * An event as it came and as it reads: what is not known to this version is only in the bytes.
 *
 * @param stored with the payload as it travelled
 * @param recorded the same, decoded
 */
public record ReceivedEvent(StoredEvent stored, RecordedEvent recorded) {

    /**
     * @throws com.tokaify.ledger.events.codec.UnreadableEvent where the payload breaks the contract
     */
    public static ReceivedEvent of(StoredEvent stored) {
        return new ReceivedEvent(stored, EventCodec.decode(stored));
    }
}
