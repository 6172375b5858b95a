package com.tokaify.ledger.command.vault;

import org.jspecify.annotations.Nullable;

/**
 * Secrets can neither be kept nor shown at the moment; everything else goes on. The message says
 * what is missing, for an operator.
 */
public final class VaultUnavailable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    VaultUnavailable(String message) {
        this(message, null);
    }

    VaultUnavailable(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
