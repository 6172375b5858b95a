package com.tokaify.ledger.query.books;

import com.tokaify.ledger.events.RecordedEvent;
import com.tokaify.ledger.events.id.AccountId;
import com.tokaify.ledger.events.id.TokenId;
import com.tokaify.ledger.query.account.AccountTable;
import com.tokaify.ledger.query.projection.Projection;
import com.tokaify.ledger.query.token.TokenTable;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The view of what tokens and accounts are now. Both are one projection because an account's
 * consumption can only be told through its tokens: the event names the token, and the token its
 * account.
 */
public final class BooksProjection implements Projection {
    private final TokenTable tokens;
    private final AccountTable accounts;

    public BooksProjection(TokenTable tokens, AccountTable accounts) {
        this.tokens = tokens;
        this.accounts = accounts;
    }

    @Override
    public String name() {
        return "books";
    }

    @Override
    public void apply(List<RecordedEvent> events) {
        Set<TokenId> touchedTokens = new HashSet<>();
        Set<AccountId> touchedAccounts = new HashSet<>();
        for (RecordedEvent event : events) {
            if (event.stream() instanceof TokenId id) {
                touchedTokens.add(id);
            } else if (event.stream() instanceof AccountId id) {
                touchedAccounts.add(id);
            }
        }
        Books books = new Books(tokens.load(touchedTokens), accounts.load(touchedAccounts));
        events.forEach(books::apply);
        tokens.save(books.tokens());
        accounts.save(books.accounts());
        accounts.add(books.additions());
    }
}
