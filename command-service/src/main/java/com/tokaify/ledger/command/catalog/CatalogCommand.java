package com.tokaify.ledger.command.catalog;

import com.tokaify.ledger.command.decision.CommandContext;
import com.tokaify.ledger.command.decision.LedgerCommand;
import com.tokaify.ledger.events.FieldRules;
import com.tokaify.ledger.events.id.CatalogId;

/** What can be asked of the catalog. */
public sealed interface CatalogCommand<A> extends LedgerCommand<A> {

    @Override
    default CatalogId stream() {
        return CatalogId.CATALOG;
    }

    /** The group a command was about. */
    record Group(String name) {}

    record DefineGroup(String name, String displayName, CommandContext context)
            implements CatalogCommand<Group> {
        public DefineGroup {
            FieldRules.group("name", name);
            FieldRules.name("displayName", displayName);
        }
    }

    /** Asks whether a token may be put in the group. Never makes an event. */
    record AdmitToGroup(String name, CommandContext context) implements CatalogCommand<Group> {
        public AdmitToGroup {
            FieldRules.group("group", name);
        }
    }
}
