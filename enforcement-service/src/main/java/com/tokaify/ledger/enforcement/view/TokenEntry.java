package com.tokaify.ledger.enforcement.view;

import com.tokaify.ledger.events.id.TokenId;

/**
 * A token's place in the view. The view's one writer swaps its state, readers take the newest
 * without a lock.
 */
public final class TokenEntry {
    private final TokenId id;
    private final int partition;
    private final AccountEntry account;
    private volatile TokenState state;

    TokenEntry(TokenId id, int partition, AccountEntry account, TokenState state) {
        this.id = id;
        this.partition = partition;
        this.account = account;
        this.state = state;
    }

    public TokenId id() {
        return id;
    }

    /** Where the token's stream lives. */
    public int partition() {
        return partition;
    }

    public AccountEntry account() {
        return account;
    }

    public TokenState state() {
        return state;
    }

    void become(TokenState next) {
        state = next;
    }
}
