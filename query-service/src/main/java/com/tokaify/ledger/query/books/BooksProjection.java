package com.tokaify.ledger.query.books;

import com.tokaify.ledger.events.RecordedEvent;
import com.tokaify.ledger.events.id.AccountId;
import com.tokaify.ledger.events.id.TokenId;
import com.tokaify.ledger.query.projection.Projection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The view of what tokens and accounts are now, of what they used when, and of what moved balances.
 * All are one projection because an account's consumption can only be told through its tokens (the
 * event names the token, and the token its account), and because a statement at another position
 * than the balance would contradict it.
 */
public final class BooksProjection implements Projection {
    private final BookTables tables;

    public BooksProjection(BookTables tables) {
        this.tables = tables;
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
        Books books =
                new Books(
                        tables.tokens().load(touchedTokens),
                        tables.accounts().load(touchedAccounts));
        events.forEach(books::apply);
        // Before all else that is shared with other instances: it may make a partition.
        tables.usageOfTokens().add(books.usageOfTokens());
        tables.tokens().save(books.tokens());
        tables.uses().save(books.tokens());
        tables.accounts().save(books.accounts());
        tables.statements().append(books.entries());
        tables.accounts().add(books.additions());
        tables.usageOfAccounts().add(books.usageOfAccounts());
        tables.statements().add(books.days());
        tables.usageOfTokens().dropOld();
    }
}
