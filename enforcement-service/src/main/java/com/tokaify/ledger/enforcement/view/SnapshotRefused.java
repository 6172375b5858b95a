package com.tokaify.ledger.enforcement.view;

/** A file is no whole snapshot of this version and of a ledger like this one. */
final class SnapshotRefused extends Exception {
    private static final long serialVersionUID = 1L;

    SnapshotRefused(String message) {
        super(message);
    }

    SnapshotRefused(String message, Throwable cause) {
        super(message, cause);
    }
}
