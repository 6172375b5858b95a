package com.tokaify.ledger.enforcement.view;

import com.tokaify.ledger.events.id.TokenId;
import java.util.UUID;

/**
 * A token in the view, as of one moment: whose it is, and its state. The two are one object, since
 * a second one would cost millions of tokens sixteen bytes each; an event puts another entry in the
 * place of the one before.
 */
public final class TokenEntry extends TokenState {
    private final long idHigh;
    private final long idLow;
    private final short partition;
    private final AccountEntry account;

    TokenEntry(TokenId id, int partition, AccountEntry account, TokenState state) {
        super(state);
        this.idHigh = id.uuid().getMostSignificantBits();
        this.idLow = id.uuid().getLeastSignificantBits();
        this.partition = (short) partition;
        this.account = account;
    }

    private TokenEntry(TokenEntry before, TokenState state) {
        super(state);
        this.idHigh = before.idHigh;
        this.idLow = before.idLow;
        this.partition = before.partition;
        this.account = before.account;
    }

    /** The same token in another state. */
    TokenEntry become(TokenState next) {
        return new TokenEntry(this, next);
    }

    public TokenId id() {
        return new TokenId(new UUID(idHigh, idLow));
    }

    /** Where the token's stream lives. */
    public int partition() {
        return partition;
    }

    public AccountEntry account() {
        return account;
    }

    public TokenState state() {
        return this;
    }

    long idHigh() {
        return idHigh;
    }

    long idLow() {
        return idLow;
    }
}
