package com.tokaify.ledger.benchmarks.read;

import com.tokaify.ledger.events.LedgerEvent;
import com.tokaify.ledger.events.StoredEvent;
import java.sql.SQLException;

/**
 * An event of the ledger, as it is stored and as it is meant.
 *
 * @param account whose it is, by its number
 * @param token of which it is, by its number; {@link #NONE} where it is the account's own
 */
record Happening(StoredEvent stored, LedgerEvent event, int account, int token) {
    static final int NONE = -1;

    boolean isOfAccount() {
        return token == NONE;
    }

    /** Is told of what happens, in its order. */
    @FunctionalInterface
    interface Listener {
        void told(Happening happening) throws SQLException;
    }
}
