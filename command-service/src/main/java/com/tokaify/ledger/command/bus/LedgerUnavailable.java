package com.tokaify.ledger.command.bus;

import org.jspecify.annotations.Nullable;

/**
 * The command was not decided, or nobody knows whether it was: try again later, with the same
 * once-only name.
 */
public final class LedgerUnavailable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public LedgerUnavailable(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
