package com.tokaify.ledger.events;

/** What can happen to the operator's catalog of groups and models. There is one catalog. */
public sealed interface CatalogEvent extends LedgerEvent {

    /** A group was added, brought back, or given another display name. */
    record GroupDefined(String name, String displayName) implements CatalogEvent {
        public GroupDefined {
            FieldRules.group("name", name);
            FieldRules.name("displayName", displayName);
        }
    }

    /** No new token may be put in the group; tokens in it stay. */
    record GroupRetired(String name) implements CatalogEvent {
        public GroupRetired {
            FieldRules.group("name", name);
        }
    }

    /** From here on tokens may name only models of the catalog; those they have, stay. */
    record CatalogClosed() implements CatalogEvent {}

    /** Tokens may name any model again. */
    record CatalogOpened() implements CatalogEvent {}

    record ModelListed(String model) implements CatalogEvent {
        public ModelListed {
            FieldRules.model("model", model);
        }
    }

    record ModelRetired(String model) implements CatalogEvent {
        public ModelRetired {
            FieldRules.model("model", model);
        }
    }
}
