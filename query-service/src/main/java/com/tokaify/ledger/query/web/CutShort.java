package com.tokaify.ledger.query.web;

/**
 * An answer that has begun and cannot be ended. No advice turns it into a problem, which would
 * become part of the answer: it goes up to the server, and the connection is closed before the end
 * of the answer, which is how clients know.
 */
public final class CutShort extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public CutShort(Throwable cause) {
        super("an answer is cut short", cause);
    }
}
