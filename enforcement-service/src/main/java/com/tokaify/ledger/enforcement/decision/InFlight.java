package com.tokaify.ledger.enforcement.decision;

import com.tokaify.ledger.events.id.AccountId;
import com.tokaify.ledger.events.id.TokenId;

/**
 * What this instance has promised or reported and the stream has not yet confirmed. Asked by every
 * check, so it waits for nothing.
 *
 * <p>Units leave it only after the view has them. Whoever asks it before he reads the view may
 * count a usage twice for a moment, and never not at all.
 */
@FunctionalInterface
public interface InFlight {
    /** Where nothing is ever reserved. */
    InFlight NONE = (_, _) -> Held.NONE;

    Held of(AccountId account, TokenId token);
}
