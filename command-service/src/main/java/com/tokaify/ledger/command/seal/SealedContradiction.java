package com.tokaify.ledger.command.seal;

/**
 * What is sealed contradicts itself, the event store, or what was published. To go on would sign a
 * second history: an operator has to look.
 */
final class SealedContradiction extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SealedContradiction(String message) {
        super(message);
    }
}
