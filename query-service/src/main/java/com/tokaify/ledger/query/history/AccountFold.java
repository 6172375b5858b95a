package com.tokaify.ledger.query.history;

import com.tokaify.ledger.events.AccountEvent;
import com.tokaify.ledger.events.AccountEvent.AccountOpened;
import com.tokaify.ledger.events.AccountEvent.AccountResumed;
import com.tokaify.ledger.events.AccountEvent.AccountSuspended;
import com.tokaify.ledger.events.AccountEvent.BalanceAdjusted;
import com.tokaify.ledger.events.AccountEvent.BalanceCredited;
import com.tokaify.ledger.events.RecordedEvent;
import com.tokaify.ledger.events.id.AccountId;
import com.tokaify.ledger.query.account.AccountState;
import com.tokaify.ledger.query.account.AccountTotals;
import com.tokaify.ledger.query.projection.BrokenStream;
import java.time.Instant;

/**
 * An account at a moment of its stream. As JSON it is a checkpoint.
 *
 * @param paid what its own events have added to its balance; consumption happens in the streams of
 *     its tokens
 */
record AccountFold(AccountState state, AccountTotals paid, Instant effectiveAt) implements Fold {

    static AccountFold begin(AccountId account, RecordedEvent first) {
        return new AccountFold(
                AccountState.begin(account, first, event(first)),
                AccountTotals.ZERO,
                first.recordedAt());
    }

    @Override
    public long sequence() {
        return state.sequence();
    }

    @Override
    public AccountFold after(RecordedEvent next) {
        AccountEvent event = event(next);
        return new AccountFold(
                state.evolve(next, event),
                paid.plus(paidBy(event)),
                Fold.later(effectiveAt, next.recordedAt()));
    }

    private static AccountTotals paidBy(AccountEvent event) {
        return switch (event) {
            case BalanceCredited credited -> AccountTotals.credit(credited.amount());
            case BalanceAdjusted adjusted -> AccountTotals.adjustment(adjusted.amount());
            case AccountOpened _, AccountSuspended _, AccountResumed _ -> AccountTotals.ZERO;
        };
    }

    private static AccountEvent event(RecordedEvent recorded) {
        if (recorded.event() instanceof AccountEvent event) {
            return event;
        }
        throw new BrokenStream(recorded, "the event belongs to another kind of stream");
    }
}
