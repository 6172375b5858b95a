package com.tokaify.ledger.audit.finding;

/**
 * One thing that is wrong.
 *
 * @param where a position {@code partition:pseq}, an event id, a stream, a leaf or a checkpoint's
 *     size
 * @param what a sentence that says what was expected and what is there
 */
public record Finding(FindingKind kind, String where, String what) {}
