package com.tokaify.ledger.events.codec;

/**
 * An event this reader cannot understand in full. It must stop here: skipping would make its view
 * wrong in silence.
 */
public final class UnreadableEvent extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UnreadableEvent(String message) {
        super(message);
    }

    public UnreadableEvent(String message, Throwable cause) {
        super(message, cause);
    }
}
