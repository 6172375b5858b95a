package com.tokaify.ledger.enforcement.view;

import com.tokaify.ledger.events.RecordedEvent;

/**
 * An event that cannot follow on what the view holds, e.g. of a token that was never created. The
 * books do not add up; whoever reads on would guess.
 */
public final class Contradiction extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Contradiction(String message) {
        super(message);
    }

    Contradiction(RecordedEvent event, RuntimeException cause) {
        super(
                "event "
                        + event.stream()
                        + ":"
                        + event.sequence()
                        + " at "
                        + event.position()
                        + " contradicts those before it: "
                        + cause.getMessage(),
                cause);
    }
}
