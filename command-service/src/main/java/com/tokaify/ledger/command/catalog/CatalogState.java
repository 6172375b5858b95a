package com.tokaify.ledger.command.catalog;

import com.tokaify.ledger.events.CatalogEvent;
import com.tokaify.ledger.events.CatalogEvent.CatalogClosed;
import com.tokaify.ledger.events.CatalogEvent.CatalogOpened;
import com.tokaify.ledger.events.CatalogEvent.GroupDefined;
import com.tokaify.ledger.events.CatalogEvent.GroupRetired;
import com.tokaify.ledger.events.CatalogEvent.ModelListed;
import com.tokaify.ledger.events.CatalogEvent.ModelRetired;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What decisions about the catalog need to know.
 *
 * @param groups display names of the groups tokens may be put in, by name
 * @param retiredGroups those that were defined and are not any more
 * @param models those that are listed
 * @param retiredModels those that were listed and are not any more
 * @param closed whether tokens may name only listed models
 */
record CatalogState(
        Map<String, String> groups,
        Set<String> retiredGroups,
        Set<String> models,
        Set<String> retiredModels,
        boolean closed) {
    static final CatalogState EMPTY =
            new CatalogState(Map.of(), Set.of(), Set.of(), Set.of(), false);

    CatalogState {
        groups = Map.copyOf(groups);
        retiredGroups = Set.copyOf(retiredGroups);
        models = Set.copyOf(models);
        retiredModels = Set.copyOf(retiredModels);
    }

    /** Whether there is, or was, any group at all. */
    boolean everHadAGroup() {
        return !groups.isEmpty() || !retiredGroups.isEmpty();
    }

    CatalogState evolve(CatalogEvent event) {
        return switch (event) {
            case GroupDefined defined -> {
                Map<String, String> changed = new HashMap<>(groups);
                changed.put(defined.name(), defined.displayName());
                yield withGroups(changed, without(retiredGroups, defined.name()));
            }
            case GroupRetired retired -> {
                Map<String, String> changed = new HashMap<>(groups);
                changed.remove(retired.name());
                yield withGroups(changed, with(retiredGroups, retired.name()));
            }
            case ModelListed listed ->
                    withModels(
                            with(models, listed.model()), without(retiredModels, listed.model()));
            case ModelRetired retired ->
                    withModels(
                            without(models, retired.model()), with(retiredModels, retired.model()));
            case CatalogClosed _ ->
                    new CatalogState(groups, retiredGroups, models, retiredModels, true);
            case CatalogOpened _ ->
                    new CatalogState(groups, retiredGroups, models, retiredModels, false);
        };
    }

    private CatalogState withGroups(Map<String, String> defined, Set<String> retired) {
        return new CatalogState(defined, retired, models, retiredModels, closed);
    }

    private CatalogState withModels(Set<String> listed, Set<String> retired) {
        return new CatalogState(groups, retiredGroups, listed, retired, closed);
    }

    private static Set<String> with(Set<String> names, String name) {
        Set<String> changed = new HashSet<>(names);
        changed.add(name);
        return changed;
    }

    private static Set<String> without(Set<String> names, String name) {
        Set<String> changed = new HashSet<>(names);
        changed.remove(name);
        return changed;
    }
}
