package com.tokaify.ledger.seals;

/**
 * An event of which no entry can be made. The log cannot go on without it, since it would have a
 * hole: an operator has to look.
 */
public final class Unsealable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Unsealable(String message) {
        super(message);
    }
}
