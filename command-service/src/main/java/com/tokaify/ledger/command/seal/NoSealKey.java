package com.tokaify.ledger.command.seal;

import org.jspecify.annotations.Nullable;

/** There is no key to seal with, or it is another log's. Passes once somebody has put it there. */
final class NoSealKey extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NoSealKey(String message) {
        this(message, null);
    }

    NoSealKey(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
