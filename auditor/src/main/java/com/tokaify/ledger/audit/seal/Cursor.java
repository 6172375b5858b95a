package com.tokaify.ledger.audit.seal;

import org.jspecify.annotations.Nullable;

/** Rows that come one after the other, however many there are. */
public interface Cursor<T> extends AutoCloseable {

    /** The next one, or null at the end. */
    @Nullable T next();

    @Override
    void close();
}
