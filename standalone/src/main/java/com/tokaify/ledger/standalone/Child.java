package com.tokaify.ledger.standalone;

import com.tokaify.ledger.local.ManagedProcess;
import java.io.IOException;

/** One process of the ledger: how it is started, again and again if need be. */
interface Child {
    String name();

    /** Where it answers. */
    String address();

    /** Where else it answers, and in what; empty where nowhere. */
    default String otherAddress() {
        return "";
    }

    /**
     * Starts it and waits until it is ready; leaves nothing running where it does not get ready.
     *
     * @throws com.tokaify.ledger.local.StartFailure where it does not
     */
    ManagedProcess start() throws IOException, InterruptedException;

    /** Does once, while it runs, what lets it start faster the next time. */
    default void prepareNextStart() throws IOException, InterruptedException {}
}
