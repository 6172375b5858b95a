package com.tokaify.ledger.console;

import com.tokaify.ledger.events.InvalidField;
import com.tokaify.ledger.events.id.AccountId;
import org.jspecify.annotations.Nullable;

/**
 * What somebody is let do: a role, and the account it is bound to.
 *
 * @param account always there for an owner, never for an operator; absent is every account
 */
public record Grant(Role role, @Nullable AccountId account) {

    public Grant {
        switch (role) {
            case OWNER -> {
                if (account == null) {
                    throw new InvalidField("accountId", "is required for an owner");
                }
            }
            case OPERATOR -> {
                if (account != null) {
                    throw new InvalidField("accountId", "must be absent for an operator");
                }
            }
            case AUDITOR, GATEWAY -> {}
        }
    }

    /** Whether all accounts are looked after or looked into, and not one. */
    public boolean isForEveryAccount() {
        return switch (role) {
            case OPERATOR, AUDITOR -> account == null;
            case OWNER, GATEWAY -> false;
        };
    }

    /** The account as text. */
    public @Nullable String accountText() {
        return account == null ? null : account.toString();
    }
}
