package com.tokaify.ledger.audit.fold;

/**
 * Where the views stand in a partition: the last positions they have.
 *
 * @param books of tokens and accounts
 * @param catalog of the catalog, which is a view of its own
 */
public record Mark(long books, long catalog) {
    /** Behind every event. */
    public static final Mark NONE = new Mark(Long.MAX_VALUE, Long.MAX_VALUE);
}
