package com.tokaify.ledger.enforcement.view;

import com.tokaify.ledger.events.AccountEvent;
import com.tokaify.ledger.events.CatalogEvent;
import com.tokaify.ledger.events.RecordedEvent;
import com.tokaify.ledger.events.TokenEvent;
import com.tokaify.ledger.events.TokenEvent.TokenCreated;
import com.tokaify.ledger.events.id.AccountId;
import com.tokaify.ledger.events.id.StreamId;
import com.tokaify.ledger.events.id.TokenId;
import com.tokaify.ledger.events.kafka.PartitionCursor;
import com.tokaify.ledger.events.secret.LookupHash;
import java.util.Collection;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a view holds: tokens, accounts, and up to where of each partition. One thread folds, any
 * number read. A view that is built anew gets new contents, so that nothing of the old remains.
 */
final class Contents {
    private final TokenIndex byId = new TokenIndex.ById();
    private final TokenIndex bySecret = new TokenIndex.BySecret();
    private final ConcurrentMap<AccountId, AccountEntry> accounts = new ConcurrentHashMap<>();
    private final SharedTerms shared = new SharedTerms();
    private final PartitionCursor cursor;

    /** What the cursor has, for other threads: set once an event is wholly in. */
    private final AtomicLongArray applied;

    private final AtomicInteger tokens = new AtomicInteger();

    Contents(int partitions) {
        this.cursor = new PartitionCursor(partitions);
        this.applied = new AtomicLongArray(partitions);
    }

    /** Whether this event is the next of its partition; false where it was folded before. */
    boolean isNext(int partition, long pseq) {
        return switch (cursor.advance(partition, pseq)) {
            case SKIP -> false;
            case APPLY -> true;
        };
    }

    void fold(RecordedEvent recorded) {
        int partition = recorded.position().partition();
        try {
            switch (recorded.event()) {
                case TokenEvent event -> fold(subject(recorded, TokenId.class), partition, event);
                case AccountEvent event -> {
                    AccountEntry account = account(subject(recorded, AccountId.class));
                    account.become(account.state().after(event));
                }
                // No check asks the catalog: tokens in a retired group stay, and a token's models
                // are its own.
                case CatalogEvent _ -> {}
            }
        } catch (Contradiction | ArithmeticException e) {
            throw new Contradiction(recorded, e);
        }
        applied.set(partition, recorded.position().pseq());
    }

    private static <T extends StreamId> T subject(RecordedEvent recorded, Class<T> kind) {
        if (!kind.isInstance(recorded.stream())) {
            throw new Contradiction("it is not of this kind of stream");
        }
        return kind.cast(recorded.stream());
    }

    private void fold(TokenId id, int partition, TokenEvent event) {
        TokenEntry entry = find(id);
        if (entry != null) {
            TokenState after = entry.after(event, shared);
            if (!after.equals(entry)) {
                publish(entry, entry.become(after));
            }
        } else if (event instanceof TokenCreated created) {
            add(
                    new TokenEntry(
                            id,
                            partition,
                            account(created.accountId()),
                            TokenState.first(created, shared)));
        } else {
            throw new Contradiction("the token was never created");
        }
    }

    private void add(TokenEntry begun) {
        mustBelongToNobodyElse(begun);
        bySecret.add(begun);
        byId.add(begun);
        tokens.incrementAndGet();
    }

    /**
     * A new secret is in the index before the old entry leaves it, so that a reader never meets a
     * secret that is valid but not found.
     */
    private void publish(TokenEntry before, TokenEntry after) {
        if (after.isFoundLike(before)) {
            bySecret.replace(before, after);
        } else {
            mustBelongToNobodyElse(after);
            bySecret.add(after);
            bySecret.remove(before);
        }
        byId.replace(before, after);
        if (after.consumed() != before.consumed()) {
            AccountEntry account = after.account();
            account.become(account.state().plus(before.consumed() - after.consumed()));
        }
    }

    private void mustBelongToNobodyElse(TokenEntry entry) {
        bySecret.eachKey(
                entry,
                (a, b) -> {
                    TokenEntry other = bySecret.find(a, b);
                    if (other != null && !other.id().equals(entry.id())) {
                        throw new Contradiction("its secret is that of " + other.id());
                    }
                });
    }

    private AccountEntry account(AccountId id) {
        return accounts.computeIfAbsent(id, AccountEntry::new);
    }

    @Nullable TokenEntry find(LookupHash hash) {
        return bySecret.find(hash.a(), hash.b());
    }

    @Nullable TokenEntry find(TokenId id) {
        return byId.find(id.uuid().getMostSignificantBits(), id.uuid().getLeastSignificantBits());
    }

    long applied(int partition) {
        return applied.get(partition);
    }

    int partitions() {
        return applied.length();
    }

    int tokens() {
        return tokens.get();
    }

    int accounts() {
        return accounts.size();
    }

    Collection<AccountEntry> allAccounts() {
        return accounts.values();
    }

    void forEachToken(Consumer<TokenEntry> action) {
        byId.forEach(action);
    }

    /** Takes what a snapshot says. Only while nobody else knows of these contents. */
    AccountEntry restore(AccountId id, AccountState state) {
        AccountEntry account = account(id);
        account.become(state);
        return account;
    }

    /** Likewise: makes room for them. */
    void expect(int tokens) {
        byId.expect(tokens);
        bySecret.expect(tokens);
    }

    /** Likewise. */
    Scope restore(Scope scope) {
        return shared.scope(scope);
    }

    /** Likewise. */
    void restore(TokenEntry entry) {
        if (find(entry.id()) != null) {
            throw new Contradiction(entry.id() + " stands twice");
        }
        add(entry);
    }

    /** Likewise. */
    void restore(int partition, long pseq) {
        cursor.restore(partition, pseq);
        applied.set(partition, pseq);
    }
}
