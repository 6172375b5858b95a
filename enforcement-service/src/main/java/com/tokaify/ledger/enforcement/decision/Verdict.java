package com.tokaify.ledger.enforcement.decision;

/**
 * What the rules say of a check.
 *
 * @param message why, in one sentence for people
 */
public record Verdict(Code code, String message) {
    static final Verdict OK = new Verdict(Code.OK, Code.OK.message());
}
