package com.tokaify.ledger.audit.source;

/** A source that cannot be read, and why: an audit that did not take place, and not a finding. */
public final class SourceFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public SourceFailed(String message) {
        super(message);
    }

    public SourceFailed(String message, Throwable cause) {
        super(message, cause);
    }
}
