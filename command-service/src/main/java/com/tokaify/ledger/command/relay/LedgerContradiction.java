package com.tokaify.ledger.command.relay;

/**
 * The event store and Kafka contradict each other, or the store has a hole. Nothing can mend that
 * by trying again: a back-up was restored, a tail was lost. An operator has to look.
 */
public final class LedgerContradiction extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LedgerContradiction(String message) {
        super(message);
    }
}
