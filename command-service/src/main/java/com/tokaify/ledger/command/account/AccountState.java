package com.tokaify.ledger.command.account;

import com.tokaify.ledger.events.AccountEvent;
import com.tokaify.ledger.events.AccountEvent.AccountOpened;
import com.tokaify.ledger.events.AccountEvent.AccountResumed;
import com.tokaify.ledger.events.AccountEvent.AccountSuspended;
import com.tokaify.ledger.events.AccountEvent.BalanceAdjusted;
import com.tokaify.ledger.events.AccountEvent.BalanceCredited;

/**
 * What decisions about an account need to know. The balance is not among it: consumption lies in
 * the tokens' streams, and readers put the two together.
 */
sealed interface AccountState {

    /** Nothing has happened yet. */
    record Unborn() implements AccountState {}

    record Open(boolean suspended) implements AccountState {}

    static AccountState evolve(AccountState state, AccountEvent event) {
        return switch (state) {
            case Unborn _ when event instanceof AccountOpened -> new Open(false);
            case Unborn _ -> throw impossible("an unborn account", event);
            case Open open ->
                    switch (event) {
                        case AccountOpened opened -> throw impossible("an open account", opened);
                        case BalanceCredited _, BalanceAdjusted _ -> open;
                        case AccountSuspended _ -> new Open(true);
                        case AccountResumed _ -> new Open(false);
                    };
        };
    }

    private static IllegalStateException impossible(String whom, AccountEvent event) {
        return new IllegalStateException(
                event.getClass().getSimpleName() + " cannot happen to " + whom);
    }
}
