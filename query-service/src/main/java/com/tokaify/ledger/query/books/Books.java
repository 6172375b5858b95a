package com.tokaify.ledger.query.books;

import com.tokaify.ledger.events.AccountEvent;
import com.tokaify.ledger.events.AccountEvent.AccountOpened;
import com.tokaify.ledger.events.AccountEvent.AccountResumed;
import com.tokaify.ledger.events.AccountEvent.AccountSuspended;
import com.tokaify.ledger.events.AccountEvent.BalanceAdjusted;
import com.tokaify.ledger.events.AccountEvent.BalanceCredited;
import com.tokaify.ledger.events.CatalogEvent;
import com.tokaify.ledger.events.RecordedEvent;
import com.tokaify.ledger.events.TokenEvent;
import com.tokaify.ledger.events.TokenEvent.QuotaConsumed;
import com.tokaify.ledger.events.TokenEvent.QuotaRefunded;
import com.tokaify.ledger.events.id.AccountId;
import com.tokaify.ledger.events.id.CatalogId;
import com.tokaify.ledger.events.id.TokenId;
import com.tokaify.ledger.query.account.AccountDay;
import com.tokaify.ledger.query.account.AccountEntry;
import com.tokaify.ledger.query.account.AccountState;
import com.tokaify.ledger.query.account.AccountTotals;
import com.tokaify.ledger.query.account.StatementLine;
import com.tokaify.ledger.query.projection.BrokenStream;
import com.tokaify.ledger.query.token.TokenState;
import com.tokaify.ledger.query.usage.UsageKey;
import com.tokaify.ledger.query.usage.UsageSums;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a batch of events does to the tokens and accounts it touches. Begins with what the database
 * has of them and ends with what it is to have, so that a thousand consumptions of one token become
 * one update. Pure: no database, no clock. One thread, one batch.
 */
final class Books {
    private final Map<TokenId, TokenState> tokens;
    private final Map<AccountId, AccountState> accounts;
    private final Map<AccountId, AccountTotals> additions = new HashMap<>();
    private final Map<UsageKey<TokenId>, UsageSums> usageOfTokens = new HashMap<>();
    private final Map<UsageKey<AccountId>, UsageSums> usageOfAccounts = new HashMap<>();
    private final List<AccountEntry> entries = new ArrayList<>();
    private final Map<AccountDay, Long> days = new HashMap<>();

    Books(Collection<TokenState> tokens, Collection<AccountState> accounts) {
        this.tokens = new HashMap<>();
        this.accounts = new HashMap<>();
        tokens.forEach(token -> this.tokens.put(token.tokenId(), token));
        accounts.forEach(account -> this.accounts.put(account.accountId(), account));
    }

    /** The tokens as they are now; those that were given and those the events created. */
    Collection<TokenState> tokens() {
        return tokens.values();
    }

    Collection<AccountState> accounts() {
        return accounts.values();
    }

    /** What is to be added to the totals of each account. */
    Map<AccountId, AccountTotals> additions() {
        return additions;
    }

    /** What is to be added to the usage of tokens. */
    Map<UsageKey<TokenId>, UsageSums> usageOfTokens() {
        return usageOfTokens;
    }

    /** The same of their accounts. */
    Map<UsageKey<AccountId>, UsageSums> usageOfAccounts() {
        return usageOfAccounts;
    }

    /** Credits and adjustments, in the order they came. */
    List<AccountEntry> entries() {
        return entries;
    }

    /** By how much each day changes a balance. */
    Map<AccountDay, Long> days() {
        return days;
    }

    /**
     * @throws BrokenStream where the event contradicts what is known of its stream
     */
    void apply(RecordedEvent recorded) {
        switch (recorded.stream()) {
            case TokenId id when recorded.event() instanceof TokenEvent event ->
                    apply(id, recorded, event);
            case AccountId id when recorded.event() instanceof AccountEvent event ->
                    apply(id, recorded, event);
            case CatalogId _ when recorded.event() instanceof CatalogEvent -> {
                // The catalog is a view of its own.
            }
            case TokenId _, AccountId _, CatalogId _ ->
                    throw new BrokenStream(recorded, "the event belongs to another kind of stream");
        }
    }

    private void apply(TokenId id, RecordedEvent recorded, TokenEvent event) {
        TokenState before = tokens.get(id);
        requireNext(recorded, before == null ? null : before.sequence());
        TokenState after =
                before == null
                        ? TokenState.begin(id, recorded, event)
                        : before.evolve(recorded, event);
        tokens.put(id, after);
        Instant at = recorded.recordedAt();
        if (event instanceof QuotaConsumed consumed) {
            add(after.accountId(), at, AccountTotals.consumption(consumed.amount()));
            add(after, at, consumed.model(), UsageSums.consumption(consumed.amount()));
        } else if (event instanceof QuotaRefunded refunded) {
            add(after.accountId(), at, AccountTotals.refund(refunded.amount()));
            add(after, at, refunded.model(), UsageSums.refund(refunded.amount()));
        }
    }

    private void apply(AccountId id, RecordedEvent recorded, AccountEvent event) {
        AccountState before = accounts.get(id);
        requireNext(recorded, before == null ? null : before.sequence());
        accounts.put(
                id,
                before == null
                        ? AccountState.begin(id, recorded, event)
                        : before.evolve(recorded, event));
        switch (event) {
            case BalanceCredited(long amount, String reference) -> {
                add(id, recorded.recordedAt(), AccountTotals.credit(amount));
                enter(id, recorded, StatementLine.Kind.CREDIT, amount, reference);
            }
            case BalanceAdjusted(long amount, String reason) -> {
                add(id, recorded.recordedAt(), AccountTotals.adjustment(amount));
                enter(id, recorded, StatementLine.Kind.ADJUSTMENT, amount, reason);
            }
            case AccountOpened _, AccountSuspended _, AccountResumed _ -> {}
        }
    }

    private void add(AccountId id, Instant at, AccountTotals addition) {
        additions.merge(id, addition, AccountTotals::plus);
        days.merge(AccountDay.of(id, at), addition.balance(), Math::addExact);
    }

    private void add(TokenState token, Instant at, @Nullable String model, UsageSums addition) {
        usageOfTokens.merge(UsageKey.at(token.tokenId(), at, model), addition, UsageSums::plus);
        usageOfAccounts.merge(UsageKey.at(token.accountId(), at, model), addition, UsageSums::plus);
    }

    private void enter(
            AccountId id,
            RecordedEvent recorded,
            StatementLine.Kind kind,
            long amount,
            String note) {
        entries.add(
                new AccountEntry(
                        id, recorded.recordedAt(), recorded.sequence(), kind, amount, note));
    }

    private static void requireNext(RecordedEvent recorded, @Nullable Long last) {
        long next = last == null ? 0 : last + 1;
        if (recorded.sequence() != next) {
            throw new BrokenStream(recorded, "event " + next + " was to come");
        }
    }
}
