package com.tokaify.ledger.command.catalog;

import com.tokaify.ledger.command.decision.CommandContext;
import com.tokaify.ledger.command.decision.LedgerCommand;
import com.tokaify.ledger.events.FieldRules;
import com.tokaify.ledger.events.id.CatalogId;
import java.util.List;

/** What can be asked of the catalog. */
public sealed interface CatalogCommand<A> extends LedgerCommand<A> {

    @Override
    default CatalogId stream() {
        return CatalogId.CATALOG;
    }

    /** The group a command was about. */
    record Group(String name) {}

    /** The model a command was about. */
    record Model(String model) {}

    /** Whether tokens may name only listed models. */
    record Openness(boolean closed) {}

    /** Adds a group, brings it back, or gives it another display name. */
    record DefineGroup(String name, String displayName, CommandContext context)
            implements CatalogCommand<Group> {
        public DefineGroup {
            FieldRules.group("name", name);
            FieldRules.name("displayName", displayName);
        }
    }

    /**
     * Adds the group of a new ledger. Where there ever was a group it changes nothing: what an
     * operator has retired or renamed stays so, however often the service starts.
     */
    record DefineFirstGroup(String name, String displayName, CommandContext context)
            implements CatalogCommand<Group> {
        public DefineFirstGroup {
            FieldRules.group("name", name);
            FieldRules.name("displayName", displayName);
        }
    }

    /** No further token may be put in the group. */
    record RetireGroup(String name, CommandContext context) implements CatalogCommand<Group> {
        public RetireGroup {
            FieldRules.group("name", name);
        }
    }

    record ListModel(String model, CommandContext context) implements CatalogCommand<Model> {
        public ListModel {
            FieldRules.model("model", model);
        }
    }

    record RetireModel(String model, CommandContext context) implements CatalogCommand<Model> {
        public RetireModel {
            FieldRules.model("model", model);
        }
    }

    /** From here on tokens may name only listed models. */
    record CloseCatalog(CommandContext context) implements CatalogCommand<Openness> {}

    /** Tokens may name any model again. */
    record OpenCatalog(CommandContext context) implements CatalogCommand<Openness> {}

    /** Asks whether a token may be put in the group. Never makes an event. */
    record AdmitToGroup(String name, CommandContext context) implements CatalogCommand<Group> {
        public AdmitToGroup {
            FieldRules.group("group", name);
        }
    }

    /** Asks whether a token may name the models. Never makes an event. */
    record AdmitModels(List<String> models, CommandContext context)
            implements CatalogCommand<Openness> {
        public AdmitModels {
            models = List.copyOf(models);
        }
    }
}
