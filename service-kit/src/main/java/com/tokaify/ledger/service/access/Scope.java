package com.tokaify.ledger.service.access;

import com.tokaify.ledger.events.id.AccountId;

/** Whose things a caller may see and touch. What is outside does not exist for that caller. */
public sealed interface Scope {

    /** Whether what belongs to the account is within. */
    boolean covers(AccountId account);

    /** Everybody's. */
    record EveryAccount() implements Scope {
        @Override
        public boolean covers(AccountId account) {
            return true;
        }
    }

    /** One account's. */
    record OneAccount(AccountId accountId) implements Scope {
        @Override
        public boolean covers(AccountId account) {
            return accountId.equals(account);
        }
    }
}
