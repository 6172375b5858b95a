package com.tokaify.ledger.events;

import org.jspecify.annotations.Nullable;

/**
 * What can happen to an account. Its balance is credits plus adjustments minus the consumption of
 * its tokens; no event carries a balance, every reader derives it.
 */
public sealed interface AccountEvent extends LedgerEvent {

    record AccountOpened(String name) implements AccountEvent {
        public AccountOpened {
            FieldRules.name("name", name);
        }
    }

    /**
     * @param reference the operator's own name for the payment; a reference is credited once
     */
    record BalanceCredited(long amount, String reference) implements AccountEvent {
        public BalanceCredited {
            FieldRules.amount("amount", amount);
            FieldRules.text("reference", reference, 100);
        }
    }

    /**
     * @param amount units, signed; never zero
     */
    record BalanceAdjusted(long amount, String reason) implements AccountEvent {
        public BalanceAdjusted {
            FieldRules.adjustment("amount", amount);
            FieldRules.text("reason", reason, 200);
        }
    }

    record AccountSuspended(@Nullable String reason) implements AccountEvent {
        public AccountSuspended {
            FieldRules.optionalText("reason", reason, 200);
        }
    }

    record AccountResumed() implements AccountEvent {}
}
