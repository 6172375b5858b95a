package com.tokaify.ledger.enforcement.view;

import com.tokaify.ledger.events.id.AccountId;

/**
 * An account's place in the view. The view's one writer swaps its state, readers take the newest
 * without a lock.
 */
public final class AccountEntry {
    private final AccountId id;
    private volatile AccountState state = AccountState.UNKNOWN;

    AccountEntry(AccountId id) {
        this.id = id;
    }

    public AccountId id() {
        return id;
    }

    public AccountState state() {
        return state;
    }

    void become(AccountState next) {
        state = next;
    }
}
