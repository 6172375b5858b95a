package com.tokaify.ledger.command.account;

import com.tokaify.ledger.command.decision.CommandContext;
import com.tokaify.ledger.command.decision.LedgerCommand;
import com.tokaify.ledger.command.decision.OnceKey;
import com.tokaify.ledger.command.decision.RecallingCommand;
import com.tokaify.ledger.command.decision.RecordedFact;
import com.tokaify.ledger.events.AccountEvent.BalanceCredited;
import com.tokaify.ledger.events.FieldRules;
import com.tokaify.ledger.events.id.AccountId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What can be asked of an account. */
public sealed interface AccountCommand<A> extends LedgerCommand<A> {
    AccountId accountId();

    @Override
    default AccountId stream() {
        return accountId();
    }

    /** Of a command that has nothing to tell but that it was accepted. */
    record Done(AccountId accountId) {}

    record OpenAccount(AccountId accountId, String name, CommandContext context)
            implements AccountCommand<Done> {
        public OpenAccount {
            FieldRules.name("name", name);
        }
    }

    /**
     * Adds units to the balance, once for each reference.
     *
     * @param earlier the credit as it was recorded before, set by the bus
     */
    record CreditBalance(
            AccountId accountId,
            long amount,
            String reference,
            Optional<BalanceCredited> earlier,
            CommandContext context)
            implements AccountCommand<Done>, RecallingCommand<Done> {
        public CreditBalance {
            FieldRules.amount("amount", amount);
            FieldRules.text("reference", reference, 100);
        }

        public CreditBalance(
                AccountId accountId, long amount, String reference, CommandContext context) {
            this(accountId, amount, reference, Optional.empty(), context);
        }

        @Override
        public List<OnceKey> recalls() {
            return List.of(OnceKey.ofCredit(accountId, reference));
        }

        @Override
        public CreditBalance knowing(Map<OnceKey, RecordedFact> facts) {
            BalanceCredited credited = (BalanceCredited) facts.values().iterator().next().event();
            return new CreditBalance(accountId, amount, reference, Optional.of(credited), context);
        }
    }

    /**
     * Corrects the balance. Not once for each reason: who repeats it repeats the correction.
     *
     * @param amount units, added or taken by their sign
     */
    record AdjustBalance(AccountId accountId, long amount, String reason, CommandContext context)
            implements AccountCommand<Done> {
        public AdjustBalance {
            FieldRules.adjustment("amount", amount);
            FieldRules.text("reason", reason, 200);
        }
    }

    /** No token of the account may be used until it is resumed. */
    record SuspendAccount(AccountId accountId, @Nullable String reason, CommandContext context)
            implements AccountCommand<Done> {
        public SuspendAccount {
            FieldRules.optionalText("reason", reason, 200);
        }
    }

    record ResumeAccount(AccountId accountId, CommandContext context)
            implements AccountCommand<Done> {}

    /** Asks whether the account may get another token. Never makes an event. */
    record AdmitToken(AccountId accountId, CommandContext context)
            implements AccountCommand<Done> {}
}
