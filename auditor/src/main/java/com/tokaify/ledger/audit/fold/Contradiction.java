package com.tokaify.ledger.audit.fold;

/** An event that cannot follow those before it. The state stays what it was. */
public final class Contradiction extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** One of many perhaps, and it is told by its message: where it was noticed says nothing. */
    public Contradiction(String message) {
        super(message, null, false, false);
    }
}
