package com.tokaify.ledger.enforcement.view;

import com.tokaify.ledger.events.TokenEvent.QuotaConsumed;
import com.tokaify.ledger.events.id.TokenId;

/** Hears of every usage that the ledger has booked, after the view has it, on the view's thread. */
@FunctionalInterface
public interface UsageListener {
    void booked(TokenId tokenId, QuotaConsumed event);

    /** Both hear of it, this one first. */
    default UsageListener then(UsageListener other) {
        return (tokenId, event) -> {
            booked(tokenId, event);
            other.booked(tokenId, event);
        };
    }
}
