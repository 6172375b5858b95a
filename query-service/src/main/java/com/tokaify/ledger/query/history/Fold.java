package com.tokaify.ledger.query.history;

import com.tokaify.ledger.events.RecordedEvent;
import com.tokaify.ledger.events.id.AccountId;
import com.tokaify.ledger.events.id.CatalogId;
import com.tokaify.ledger.events.id.TokenId;
import com.tokaify.ledger.query.projection.BrokenStream;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a stream has come to after some event of its. Pure. */
sealed interface Fold permits TokenFold, AccountFold {

    /** Of the last event in it. */
    long sequence();

    /**
     * The latest time of all events so far: when the last of them was in effect. Commands take
     * their time before they queue, so an event may be recorded a moment earlier than the one it
     * follows; it cannot have been in effect earlier.
     */
    Instant effectiveAt();

    /**
     * @throws BrokenStream where the event cannot follow
     */
    Fold after(RecordedEvent next);

    /**
     * @param before null where the event begins its stream
     * @throws BrokenStream where the event cannot follow
     */
    static Fold next(@Nullable Fold before, RecordedEvent event) {
        long expected = before == null ? 0 : before.sequence() + 1;
        if (event.sequence() != expected) {
            throw new BrokenStream(event, "event " + expected + " was to come");
        }
        if (before != null) {
            return before.after(event);
        }
        return switch (event.stream()) {
            case TokenId token -> TokenFold.begin(token, event);
            case AccountId account -> AccountFold.begin(account, event);
            case CatalogId _ ->
                    throw new IllegalArgumentException("nobody asks what the catalog was");
        };
    }

    static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }
}
