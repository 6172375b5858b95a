package com.tokaify.ledger.audit.core;

/** Bytes that are not what they are said to be: an entry, a note, a key, a proof. */
public final class Malformed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String why;

    public Malformed(String why) {
        super(why);
        this.why = why;
    }

    /** The message, which is never missing. */
    public String why() {
        return why;
    }
}
