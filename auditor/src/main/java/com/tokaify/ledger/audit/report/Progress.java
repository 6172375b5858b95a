package com.tokaify.ledger.audit.report;

/** How far long work has come. Told by any number of threads, in lots of some thousand events. */
public interface Progress extends AutoCloseable {
    /** Nobody looks. */
    Progress UNSEEN = _ -> {};

    void add(long events);

    /** The work is over, done or not. */
    @Override
    default void close() {}
}
