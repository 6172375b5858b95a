package com.tokaify.ledger.audit.fold;

import com.tokaify.ledger.audit.core.LoggedEvent;
import com.tokaify.ledger.events.AccountEvent;
import com.tokaify.ledger.events.AccountEvent.BalanceAdjusted;
import com.tokaify.ledger.events.AccountEvent.BalanceCredited;
import com.tokaify.ledger.events.CatalogEvent;
import com.tokaify.ledger.events.TokenEvent;
import com.tokaify.ledger.events.TokenEvent.QuotaConsumed;
import com.tokaify.ledger.events.TokenEvent.QuotaRefunded;
import com.tokaify.ledger.events.codec.UnreadableEvent;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Folds the events of one partition, in their order. Remembers beside what they come to what they
 * had come to at a mark, so that views, which are a little behind, can be held against the ledger
 * as it was where they stand. One thread.
 */
public final class LedgerFold {
    private final Mark mark;
    private final Bookings bookings;
    private final EventReader reader = new EventReader();
    private final Map<String, TokenCell> tokens = new HashMap<>();
    private final Map<String, AccountCell> accounts = new HashMap<>();
    private final Map<String, Sums> sums = new HashMap<>();
    private CatalogState catalog = CatalogState.EMPTY;
    private @Nullable CatalogState catalogAtMark;

    public LedgerFold(Mark mark, Bookings bookings) {
        this.mark = mark;
        this.bookings = bookings;
    }

    /** What a token is, and what it was at the mark where it has changed since. */
    private static final class TokenCell {
        private TokenState state = new TokenState.Unborn();
        private @Nullable TokenState atMark;
        private @Nullable Sums sums;
    }

    private static final class AccountCell {
        private AccountState state = new AccountState.Unborn();
        private @Nullable AccountState atMark;
    }

    /** Of one account, all that was moved and what of it behind the mark. */
    private static final class Sums {
        private AccountSums all = AccountSums.ZERO;
        private AccountSums behindMark = AccountSums.ZERO;
        private long consumed;

        private void add(AccountSums moved, boolean behind) {
            all = all.plus(moved);
            if (behind) {
                behindMark = behindMark.plus(moved);
            }
        }

        /** Without an object for each, since most events are consumption. */
        private void consume(long units, boolean behind) {
            if (behind) {
                add(new AccountSums(0, 0, units), true);
            } else {
                consumed = Math.addExact(consumed, units);
            }
        }

        private AccountSums atEnd() {
            return all.plus(new AccountSums(0, 0, consumed));
        }

        private AccountSums atMark() {
            return atEnd().plus(
                            new AccountSums(
                                    -behindMark.credited(),
                                    -behindMark.adjusted(),
                                    -behindMark.consumed()));
        }
    }

    /**
     * @throws UnreadableEvent where it is not what its type says, or of no known type
     * @throws Contradiction where it cannot follow those before it; it is left out
     */
    public void apply(LoggedEvent logged) {
        boolean behind = logged.pseq() > mark.books();
        switch (reader.read(logged)) {
            case TokenEvent event when logged.stream().startsWith("tok_") ->
                    apply(logged, event, behind);
            case AccountEvent event when logged.stream().startsWith("acc_") ->
                    apply(logged, event, behind);
            case CatalogEvent event when logged.stream().equals("catalog") -> {
                CatalogState after = catalog.evolve(event);
                if (logged.pseq() > mark.catalog() && catalogAtMark == null) {
                    catalogAtMark = catalog;
                }
                catalog = after;
            }
            case TokenEvent _, AccountEvent _, CatalogEvent _ ->
                    throw new Contradiction("the event belongs to another kind of stream");
        }
    }

    private void apply(LoggedEvent logged, TokenEvent event, boolean behind) {
        TokenCell cell = tokens.get(logged.stream());
        if (cell == null) {
            cell = new TokenCell();
            tokens.put(logged.stream(), cell);
        }
        TokenState before = cell.state;
        TokenState after = TokenState.evolve(before, logged, event);
        bookings.token(logged, before, event);
        if (behind && cell.atMark == null) {
            cell.atMark = before;
        }
        cell.state = after;
        if (event instanceof QuotaConsumed consumed) {
            sumsOf(cell).consume(consumed.amount(), behind);
        } else if (event instanceof QuotaRefunded refunded) {
            sumsOf(cell).consume(-refunded.amount(), behind);
        }
    }

    private Sums sumsOf(TokenCell cell) {
        Sums known = cell.sums;
        if (known == null) {
            known = sumsOf(cell.state.known().orElseThrow().accountId());
            cell.sums = known;
        }
        return known;
    }

    private Sums sumsOf(String account) {
        return sums.computeIfAbsent(account, _ -> new Sums());
    }

    private void apply(LoggedEvent logged, AccountEvent event, boolean behind) {
        AccountCell cell = accounts.computeIfAbsent(logged.stream(), _ -> new AccountCell());
        AccountState after = AccountState.evolve(cell.state, logged, event);
        bookings.account(logged, event);
        if (behind && cell.atMark == null) {
            cell.atMark = cell.state;
        }
        cell.state = after;
        if (event instanceof BalanceCredited credited) {
            sumsOf(logged.stream()).add(new AccountSums(credited.amount(), 0, 0), behind);
        } else if (event instanceof BalanceAdjusted adjusted) {
            sumsOf(logged.stream()).add(new AccountSums(0, adjusted.amount(), 0), behind);
        }
    }

    /** Adds what the events have come to. */
    void addTo(Ledger ledger) {
        tokens.forEach((id, cell) -> ledger.put(id, cell.state));
        accounts.forEach((id, cell) -> ledger.put(id, cell.state));
        sums.forEach((account, moved) -> ledger.add(account, moved.atEnd()));
        if (!catalog.equals(CatalogState.EMPTY)) {
            ledger.put(catalog);
        }
    }

    /** Adds what they had come to at the mark. */
    void addAtMarkTo(Ledger ledger) {
        tokens.forEach(
                (id, cell) -> ledger.put(id, cell.atMark == null ? cell.state : cell.atMark));
        accounts.forEach(
                (id, cell) -> ledger.put(id, cell.atMark == null ? cell.state : cell.atMark));
        sums.forEach((account, moved) -> ledger.add(account, moved.atMark()));
        CatalogState then = catalogAtMark == null ? catalog : catalogAtMark;
        if (!then.equals(CatalogState.EMPTY)) {
            ledger.put(then);
        }
    }
}
