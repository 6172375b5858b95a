package com.tokaify.ledger.command.store;

/** Told of every transaction that is committed, on the committer's thread. */
@FunctionalInterface
public interface CommitMeter {
    /** Nobody wants to know. */
    CommitMeter NONE = (_, _) -> {};

    /**
     * @param events that were written; none where something else was
     * @param nanos from its first statement until it was durable
     */
    void committed(int events, long nanos);
}
