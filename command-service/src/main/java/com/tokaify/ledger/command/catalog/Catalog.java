package com.tokaify.ledger.command.catalog;

import com.tokaify.ledger.command.catalog.CatalogCommand.AdmitModels;
import com.tokaify.ledger.command.catalog.CatalogCommand.AdmitToGroup;
import com.tokaify.ledger.command.catalog.CatalogCommand.CloseCatalog;
import com.tokaify.ledger.command.catalog.CatalogCommand.DefineFirstGroup;
import com.tokaify.ledger.command.catalog.CatalogCommand.DefineGroup;
import com.tokaify.ledger.command.catalog.CatalogCommand.Group;
import com.tokaify.ledger.command.catalog.CatalogCommand.ListModel;
import com.tokaify.ledger.command.catalog.CatalogCommand.Model;
import com.tokaify.ledger.command.catalog.CatalogCommand.OpenCatalog;
import com.tokaify.ledger.command.catalog.CatalogCommand.Openness;
import com.tokaify.ledger.command.catalog.CatalogCommand.RetireGroup;
import com.tokaify.ledger.command.catalog.CatalogCommand.RetireModel;
import com.tokaify.ledger.command.decision.Decision;
import com.tokaify.ledger.command.decision.StreamAggregate;
import com.tokaify.ledger.events.CatalogEvent;
import com.tokaify.ledger.events.LedgerEvent;
import com.tokaify.ledger.events.id.StreamId;
import com.tokaify.ledger.service.access.Scope;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.CreationPolicy;

/**
 * The catalog as Axon's aggregate. There is one. It begins with whatever is first put into it,
 * which is the group of a new ledger unless an operator is quicker.
 */
public final class Catalog extends StreamAggregate {
    private CatalogState state = CatalogState.EMPTY;

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    Decision<Group> handle(DefineGroup command) {
        born(command.stream());
        return settle(command, () -> CatalogDecider.decide(state, command));
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    Decision<Group> handle(DefineFirstGroup command) {
        born(command.stream());
        return settle(command, () -> CatalogDecider.decide(state, command));
    }

    @CommandHandler
    Decision<Group> handle(RetireGroup command) {
        return settle(command, () -> CatalogDecider.decide(state, command));
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    Decision<Model> handle(ListModel command) {
        born(command.stream());
        return settle(command, () -> CatalogDecider.decide(state, command));
    }

    @CommandHandler
    Decision<Model> handle(RetireModel command) {
        return settle(command, () -> CatalogDecider.decide(state, command));
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    Decision<Openness> handle(CloseCatalog command) {
        born(command.stream());
        return settle(command, () -> CatalogDecider.decide(state, command));
    }

    @CommandHandler
    Decision<Openness> handle(OpenCatalog command) {
        return settle(command, () -> CatalogDecider.decide(state, command));
    }

    @CommandHandler
    Decision<Group> handle(AdmitToGroup command) {
        return settle(command, () -> CatalogDecider.decide(state, command));
    }

    @CommandHandler
    Decision<Openness> handle(AdmitModels command) {
        return settle(command, () -> CatalogDecider.decide(state, command));
    }

    /** Nobody's own: whoever may have a token asks what it may be. */
    @Override
    protected boolean isWithin(Scope scope, StreamId stream) {
        return true;
    }

    @Override
    protected void evolve(LedgerEvent event, long sequence) {
        state = state.evolve((CatalogEvent) event);
    }
}
