package com.tokaify.ledger.enforcement.view;

import com.tokaify.ledger.events.secret.LookupHash;
import java.time.Instant;

/**
 * The secret before the last rotation. Few tokens have one.
 *
 * @param validUntil from this instant on it is refused
 */
record PreviousSecret(LookupKey key, Instant validUntil) {

    boolean accepts(LookupHash hash, Instant now) {
        return key.is(hash) && now.isBefore(validUntil);
    }
}
