package com.tokaify.ledger.command.catalog;

import static com.tokaify.ledger.command.decision.Decision.accept;
import static com.tokaify.ledger.command.decision.Decision.refuse;

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
import com.tokaify.ledger.command.decision.Refusal;
import com.tokaify.ledger.events.CatalogEvent.CatalogClosed;
import com.tokaify.ledger.events.CatalogEvent.CatalogOpened;
import com.tokaify.ledger.events.CatalogEvent.GroupDefined;
import com.tokaify.ledger.events.CatalogEvent.GroupRetired;
import com.tokaify.ledger.events.CatalogEvent.ModelListed;
import com.tokaify.ledger.events.CatalogEvent.ModelRetired;

/** What the catalog answers to each command: pure functions of its state and the command. */
final class CatalogDecider {
    private CatalogDecider() {}

    static Decision<Group> decide(CatalogState state, DefineGroup command) {
        Group group = new Group(command.name());
        return command.displayName().equals(state.groups().get(command.name()))
                ? accept(group)
                : accept(group, new GroupDefined(command.name(), command.displayName()));
    }

    static Decision<Group> decide(CatalogState state, DefineFirstGroup command) {
        Group group = new Group(command.name());
        return state.everHadAGroup()
                ? accept(group)
                : accept(group, new GroupDefined(command.name(), command.displayName()));
    }

    static Decision<Group> decide(CatalogState state, RetireGroup command) {
        Group group = new Group(command.name());
        if (state.groups().containsKey(command.name())) {
            return accept(group, new GroupRetired(command.name()));
        }
        return state.retiredGroups().contains(command.name())
                ? accept(group)
                : noGroup(command.name());
    }

    static Decision<Model> decide(CatalogState state, ListModel command) {
        Model model = new Model(command.model());
        return state.models().contains(command.model())
                ? accept(model)
                : accept(model, new ModelListed(command.model()));
    }

    static Decision<Model> decide(CatalogState state, RetireModel command) {
        Model model = new Model(command.model());
        if (state.models().contains(command.model())) {
            return accept(model, new ModelRetired(command.model()));
        }
        return state.retiredModels().contains(command.model())
                ? accept(model)
                : noModel(command.model());
    }

    static Decision<Openness> decide(CatalogState state, CloseCatalog command) {
        return state.closed()
                ? accept(new Openness(true))
                : accept(new Openness(true), new CatalogClosed());
    }

    static Decision<Openness> decide(CatalogState state, OpenCatalog command) {
        return state.closed()
                ? accept(new Openness(false), new CatalogOpened())
                : accept(new Openness(false));
    }

    static Decision<Group> decide(CatalogState state, AdmitToGroup command) {
        return state.groups().containsKey(command.name())
                ? accept(new Group(command.name()))
                : noGroup(command.name());
    }

    static Decision<Openness> decide(CatalogState state, AdmitModels command) {
        if (state.closed()) {
            for (String model : command.models()) {
                if (!state.models().contains(model)) {
                    return noModel(model);
                }
            }
        }
        return accept(new Openness(state.closed()));
    }

    private static <A> Decision<A> noGroup(String name) {
        return refuse(Refusal.GROUP_NOT_FOUND, "There is no group " + name + " in the catalog.");
    }

    private static <A> Decision<A> noModel(String model) {
        return refuse(Refusal.MODEL_NOT_LISTED, "There is no model " + model + " in the catalog.");
    }
}
