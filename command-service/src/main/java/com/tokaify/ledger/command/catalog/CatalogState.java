package com.tokaify.ledger.command.catalog;

import com.tokaify.ledger.events.CatalogEvent;
import com.tokaify.ledger.events.CatalogEvent.CatalogClosed;
import com.tokaify.ledger.events.CatalogEvent.CatalogOpened;
import com.tokaify.ledger.events.CatalogEvent.GroupDefined;
import com.tokaify.ledger.events.CatalogEvent.GroupRetired;
import com.tokaify.ledger.events.CatalogEvent.ModelListed;
import com.tokaify.ledger.events.CatalogEvent.ModelRetired;
import java.util.HashMap;
import java.util.Map;

/**
 * What decisions about the catalog need to know.
 *
 * @param groups display names of the groups tokens may be put in, by name
 */
record CatalogState(Map<String, String> groups) {
    static final CatalogState EMPTY = new CatalogState(Map.of());

    CatalogState {
        groups = Map.copyOf(groups);
    }

    CatalogState evolve(CatalogEvent event) {
        Map<String, String> changed = new HashMap<>(groups);
        switch (event) {
            case GroupDefined defined -> changed.put(defined.name(), defined.displayName());
            case GroupRetired retired -> changed.remove(retired.name());
            case ModelListed _, ModelRetired _, CatalogClosed _, CatalogOpened _ -> {}
        }
        return new CatalogState(changed);
    }
}
