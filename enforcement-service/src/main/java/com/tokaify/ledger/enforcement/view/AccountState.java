package com.tokaify.ledger.enforcement.view;

import com.tokaify.ledger.events.AccountEvent;
import com.tokaify.ledger.events.AccountEvent.AccountOpened;
import com.tokaify.ledger.events.AccountEvent.AccountResumed;
import com.tokaify.ledger.events.AccountEvent.AccountSuspended;
import com.tokaify.ledger.events.AccountEvent.BalanceAdjusted;
import com.tokaify.ledger.events.AccountEvent.BalanceCredited;

/**
 * What a check has to know of an account. Its tokens' events lie in other partitions than its own
 * and may be seen before or after them; additions commute, so the end is the same.
 *
 * @param balance units: credits plus adjustments minus consumption; may be negative
 */
public record AccountState(boolean suspended, long balance) {
    /** Of an account nothing is known of but its name. */
    static final AccountState UNKNOWN = new AccountState(false, 0);

    AccountState after(AccountEvent event) {
        return switch (event) {
            case AccountOpened _ -> this;
            case BalanceCredited e -> plus(e.amount());
            case BalanceAdjusted e -> plus(e.amount());
            case AccountSuspended _ -> new AccountState(true, balance);
            case AccountResumed _ -> new AccountState(false, balance);
        };
    }

    /**
     * @throws ArithmeticException where the balance leaves 64 bits
     */
    AccountState plus(long units) {
        return new AccountState(suspended, Math.addExact(balance, units));
    }
}
