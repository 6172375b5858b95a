package com.tokaify.ledger.command.account;

import static com.tokaify.ledger.command.decision.Decision.accept;
import static com.tokaify.ledger.command.decision.Decision.refuse;

import com.tokaify.ledger.command.account.AccountCommand.AdjustBalance;
import com.tokaify.ledger.command.account.AccountCommand.AdmitToken;
import com.tokaify.ledger.command.account.AccountCommand.CreditBalance;
import com.tokaify.ledger.command.account.AccountCommand.Done;
import com.tokaify.ledger.command.account.AccountCommand.OpenAccount;
import com.tokaify.ledger.command.account.AccountCommand.ResumeAccount;
import com.tokaify.ledger.command.account.AccountCommand.SuspendAccount;
import com.tokaify.ledger.command.account.AccountState.Open;
import com.tokaify.ledger.command.account.AccountState.Unborn;
import com.tokaify.ledger.command.decision.Decision;
import com.tokaify.ledger.command.decision.Refusal;
import com.tokaify.ledger.events.AccountEvent.AccountOpened;
import com.tokaify.ledger.events.AccountEvent.AccountResumed;
import com.tokaify.ledger.events.AccountEvent.AccountSuspended;
import com.tokaify.ledger.events.AccountEvent.BalanceAdjusted;
import com.tokaify.ledger.events.AccountEvent.BalanceCredited;
import com.tokaify.ledger.events.id.AccountId;

/** What an account answers to each command: pure functions of its state and the command. */
final class AccountDecider {
    private AccountDecider() {}

    static Decision<Done> decide(AccountState state, OpenAccount command) {
        return switch (state) {
            case Unborn _ ->
                    accept(new Done(command.accountId()), new AccountOpened(command.name()));
            case Open _ -> throw new IllegalStateException(command.accountId() + " exists already");
        };
    }

    static Decision<Done> decide(AccountState state, CreditBalance command) {
        if (state instanceof Unborn) {
            return unknown(command.accountId());
        }
        BalanceCredited credited = new BalanceCredited(command.amount(), command.reference());
        if (command.earlier().isEmpty()) {
            return accept(new Done(command.accountId()), credited);
        }
        return command.earlier().get().equals(credited)
                ? accept(new Done(command.accountId()))
                : refuse(
                        Refusal.REFERENCE_CONFLICT,
                        "The reference "
                                + command.reference()
                                + " was credited before with amount "
                                + command.earlier().get().amount()
                                + ".");
    }

    /** Also of a suspended account: a correction is no use of it. */
    static Decision<Done> decide(AccountState state, AdjustBalance command) {
        return switch (state) {
            case Unborn _ -> unknown(command.accountId());
            case Open _ ->
                    accept(
                            new Done(command.accountId()),
                            new BalanceAdjusted(command.amount(), command.reason()));
        };
    }

    static Decision<Done> decide(AccountState state, SuspendAccount command) {
        return switch (state) {
            case Unborn _ -> unknown(command.accountId());
            case Open open when open.suspended() -> accept(new Done(command.accountId()));
            case Open _ ->
                    accept(new Done(command.accountId()), new AccountSuspended(command.reason()));
        };
    }

    static Decision<Done> decide(AccountState state, ResumeAccount command) {
        return switch (state) {
            case Unborn _ -> unknown(command.accountId());
            case Open open when open.suspended() ->
                    accept(new Done(command.accountId()), new AccountResumed());
            case Open _ -> accept(new Done(command.accountId()));
        };
    }

    static Decision<Done> decide(AccountState state, AdmitToken command) {
        return switch (state) {
            case Unborn _ -> unknown(command.accountId());
            case Open open when open.suspended() ->
                    refuse(
                            Refusal.ACCOUNT_SUSPENDED,
                            "The account " + command.accountId() + " is suspended.");
            case Open _ -> accept(new Done(command.accountId()));
        };
    }

    private static Decision<Done> unknown(AccountId accountId) {
        return Decision.notFound(accountId);
    }
}
