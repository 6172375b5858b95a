package com.tokaify.ledger.command.catalog;

import com.tokaify.ledger.command.catalog.CatalogCommand.AdmitToGroup;
import com.tokaify.ledger.command.catalog.CatalogCommand.DefineGroup;
import com.tokaify.ledger.command.catalog.CatalogCommand.Group;
import com.tokaify.ledger.command.decision.Decision;
import com.tokaify.ledger.command.decision.StreamAggregate;
import com.tokaify.ledger.events.CatalogEvent;
import com.tokaify.ledger.events.LedgerEvent;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.CreationPolicy;

/** The catalog as Axon's aggregate. There is one; it begins with the first group defined. */
public final class Catalog extends StreamAggregate {
    private CatalogState state = CatalogState.EMPTY;

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    Decision<Group> handle(DefineGroup command) {
        born(command.stream());
        return settle(command, () -> CatalogDecider.decide(state, command));
    }

    @CommandHandler
    Decision<Group> handle(AdmitToGroup command) {
        return settle(command, () -> CatalogDecider.decide(state, command));
    }

    @Override
    protected void evolve(LedgerEvent event, long sequence) {
        state = state.evolve((CatalogEvent) event);
    }
}
