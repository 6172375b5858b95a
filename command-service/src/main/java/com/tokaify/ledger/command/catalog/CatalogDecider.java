package com.tokaify.ledger.command.catalog;

import static com.tokaify.ledger.command.decision.Decision.accept;
import static com.tokaify.ledger.command.decision.Decision.refuse;

import com.tokaify.ledger.command.catalog.CatalogCommand.AdmitToGroup;
import com.tokaify.ledger.command.catalog.CatalogCommand.DefineGroup;
import com.tokaify.ledger.command.catalog.CatalogCommand.Group;
import com.tokaify.ledger.command.decision.Decision;
import com.tokaify.ledger.command.decision.Refusal;
import com.tokaify.ledger.events.CatalogEvent.GroupDefined;

/** What the catalog answers to each command: pure functions of its state and the command. */
final class CatalogDecider {
    private CatalogDecider() {}

    static Decision<Group> decide(CatalogState state, DefineGroup command) {
        Group group = new Group(command.name());
        return command.displayName().equals(state.groups().get(command.name()))
                ? accept(group)
                : accept(group, new GroupDefined(command.name(), command.displayName()));
    }

    static Decision<Group> decide(CatalogState state, AdmitToGroup command) {
        return state.groups().containsKey(command.name())
                ? accept(new Group(command.name()))
                : refuse(
                        Refusal.GROUP_NOT_FOUND,
                        "There is no group " + command.name() + " in the catalog.");
    }
}
