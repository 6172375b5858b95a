package com.tokaify.ledger.enforcement.usage;

/**
 * Kafka has not acknowledged all reports of a request in time. Some may have arrived; sending them
 * again with the same usage ids books each once.
 */
final class UsageNotRecorded extends Exception {
    private static final long serialVersionUID = 1L;

    UsageNotRecorded(Exception cause) {
        super("Kafka has not acknowledged the usage: " + cause, cause);
    }
}
