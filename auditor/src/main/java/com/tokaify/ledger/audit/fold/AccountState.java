package com.tokaify.ledger.audit.fold;

import com.tokaify.ledger.audit.core.LoggedEvent;
import com.tokaify.ledger.events.AccountEvent;
import com.tokaify.ledger.events.AccountEvent.AccountOpened;
import com.tokaify.ledger.events.AccountEvent.AccountResumed;
import com.tokaify.ledger.events.AccountEvent.AccountSuspended;
import com.tokaify.ledger.events.AccountEvent.BalanceAdjusted;
import com.tokaify.ledger.events.AccountEvent.BalanceCredited;

/**
 * What an account is after its own events so far; what it has is in {@link AccountSums}, most of
 * which its tokens' streams tell.
 */
public sealed interface AccountState {

    /** Nothing has happened yet. */
    record Unborn() implements AccountState {}

    /**
     * @param openedAt as the event has it
     * @param sequence of the last event in it
     */
    record Open(String name, boolean suspended, String openedAt, long sequence)
            implements AccountState {

        private Open next(LoggedEvent logged, boolean nowSuspended) {
            return new Open(name, nowSuspended, openedAt, logged.sequence());
        }
    }

    /**
     * @throws Contradiction where the event cannot have happened
     */
    static AccountState evolve(AccountState state, LoggedEvent logged, AccountEvent event) {
        return switch (state) {
            case Unborn _ -> {
                if (event instanceof AccountOpened(String name)) {
                    yield new Open(name, false, logged.recordedAt(), logged.sequence());
                }
                throw new Contradiction("the account was never opened");
            }
            case Open open ->
                    switch (event) {
                        case AccountOpened _ -> throw new Contradiction("the account is open");
                        case BalanceCredited _, BalanceAdjusted _ ->
                                open.next(logged, open.suspended());
                        case AccountSuspended _ -> {
                            requireSuspended(open, false);
                            yield open.next(logged, true);
                        }
                        case AccountResumed _ -> {
                            requireSuspended(open, true);
                            yield open.next(logged, false);
                        }
                    };
        };
    }

    private static void requireSuspended(Open open, boolean suspended) {
        if (open.suspended() != suspended) {
            throw new Contradiction(
                    suspended ? "the account is not suspended" : "the account is suspended");
        }
    }
}
