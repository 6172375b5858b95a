package com.tokaify.ledger.command.account;

import com.tokaify.ledger.command.account.AccountCommand.AdjustBalance;
import com.tokaify.ledger.command.account.AccountCommand.AdmitToken;
import com.tokaify.ledger.command.account.AccountCommand.CreditBalance;
import com.tokaify.ledger.command.account.AccountCommand.Done;
import com.tokaify.ledger.command.account.AccountCommand.OpenAccount;
import com.tokaify.ledger.command.account.AccountCommand.ResumeAccount;
import com.tokaify.ledger.command.account.AccountCommand.SuspendAccount;
import com.tokaify.ledger.command.decision.Decision;
import com.tokaify.ledger.command.decision.StreamAggregate;
import com.tokaify.ledger.events.AccountEvent;
import com.tokaify.ledger.events.LedgerEvent;
import com.tokaify.ledger.events.id.AccountId;
import com.tokaify.ledger.events.id.StreamId;
import com.tokaify.ledger.service.access.Scope;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.CreationPolicy;

/**
 * The account as Axon's aggregate: hands commands to {@link AccountDecider} and events to {@link
 * AccountState}.
 */
public final class Account extends StreamAggregate {
    private AccountState state = new AccountState.Unborn();

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.ALWAYS)
    Decision<Done> handle(OpenAccount command) {
        born(command.accountId());
        return settle(command, () -> AccountDecider.decide(state, command));
    }

    @CommandHandler
    Decision<Done> handle(CreditBalance command) {
        return settle(command, () -> AccountDecider.decide(state, command));
    }

    @CommandHandler
    Decision<Done> handle(AdjustBalance command) {
        return settle(command, () -> AccountDecider.decide(state, command));
    }

    @CommandHandler
    Decision<Done> handle(SuspendAccount command) {
        return settle(command, () -> AccountDecider.decide(state, command));
    }

    @CommandHandler
    Decision<Done> handle(ResumeAccount command) {
        return settle(command, () -> AccountDecider.decide(state, command));
    }

    @CommandHandler
    Decision<Done> handle(AdmitToken command) {
        return settle(command, () -> AccountDecider.decide(state, command));
    }

    @Override
    protected boolean isWithin(Scope scope, StreamId stream) {
        return scope.covers((AccountId) stream);
    }

    @Override
    protected void evolve(LedgerEvent event, long sequence) {
        state = AccountState.evolve(state, (AccountEvent) event);
    }
}
