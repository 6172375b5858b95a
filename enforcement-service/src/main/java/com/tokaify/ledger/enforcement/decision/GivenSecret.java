package com.tokaify.ledger.enforcement.decision;

/** What a caller gave as a secret, well-formed or not. Never shown again. */
public record GivenSecret(String text) {
    @Override
    public String toString() {
        return "[hidden]";
    }
}
