package com.tokaify.ledger.command.token;

import com.tokaify.ledger.command.decision.Decision;
import com.tokaify.ledger.command.decision.StreamAggregate;
import com.tokaify.ledger.command.token.TokenCommand.ConsumeQuota;
import com.tokaify.ledger.command.token.TokenCommand.Consumption;
import com.tokaify.ledger.command.token.TokenCommand.CreateToken;
import com.tokaify.ledger.command.token.TokenCommand.DisableToken;
import com.tokaify.ledger.command.token.TokenCommand.Done;
import com.tokaify.ledger.command.token.TokenCommand.EnableToken;
import com.tokaify.ledger.events.LedgerEvent;
import com.tokaify.ledger.events.TokenEvent;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.CreationPolicy;

/**
 * The token as Axon's aggregate: hands commands to {@link TokenDecider} and events to {@link
 * TokenState}.
 */
public final class Token extends StreamAggregate {
    private TokenState state = new TokenState.Unborn();

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.ALWAYS)
    Decision<Done> handle(CreateToken command) {
        born(command.tokenId());
        return settle(command, TokenDecider.decide(state, command));
    }

    @CommandHandler
    Decision<Done> handle(EnableToken command) {
        return settle(command, TokenDecider.decide(state, command));
    }

    @CommandHandler
    Decision<Done> handle(DisableToken command) {
        return settle(command, TokenDecider.decide(state, command));
    }

    @CommandHandler
    Decision<Consumption> handle(ConsumeQuota command) {
        return settle(command, TokenDecider.decide(state, command));
    }

    @Override
    protected void evolve(LedgerEvent event) {
        state = TokenState.evolve(state, (TokenEvent) event);
    }
}
