package com.tokaify.ledger.command.decision;

import com.tokaify.ledger.events.LedgerEvent;

/**
 * A command whose fact is recorded once only. The bus looks the key up before the command is
 * decided, and hands the command what it found, so that the decision stays a pure function.
 */
public interface OnceOnly<A> extends LedgerCommand<A> {
    OnceKey onceKey();

    /** This command, knowing that its fact was recorded earlier. */
    OnceOnly<A> afterEarlier(LedgerEvent earlier);
}
