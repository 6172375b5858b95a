package com.tokaify.ledger.audit.check;

import com.tokaify.ledger.audit.core.LoggedEvent;
import java.time.DateTimeException;
import java.time.Instant;

/**
 * What follows the store follows it a little later. An event is due when it was recorded before an
 * instant; a newer one may still be on its way.
 */
public record Due(Instant recordedBefore) {

    boolean is(Instant at) {
        return at.isBefore(recordedBefore);
    }

    boolean is(LoggedEvent event) {
        try {
            return is(Instant.parse(event.recordedAt()));
        } catch (DateTimeException _) {
            return true; // no time at all excuses nothing
        }
    }
}
