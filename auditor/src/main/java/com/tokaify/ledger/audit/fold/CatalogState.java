package com.tokaify.ledger.audit.fold;

import com.tokaify.ledger.events.CatalogEvent;
import com.tokaify.ledger.events.CatalogEvent.CatalogClosed;
import com.tokaify.ledger.events.CatalogEvent.CatalogOpened;
import com.tokaify.ledger.events.CatalogEvent.GroupDefined;
import com.tokaify.ledger.events.CatalogEvent.GroupRetired;
import com.tokaify.ledger.events.CatalogEvent.ModelListed;
import com.tokaify.ledger.events.CatalogEvent.ModelRetired;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The catalog after its events so far.
 *
 * @param groups by name
 * @param models whether each that ever was listed is retired
 * @param closed whether tokens may name only listed models
 */
public record CatalogState(
        SortedMap<String, Group> groups, SortedMap<String, Boolean> models, boolean closed) {
    public static final CatalogState EMPTY =
            new CatalogState(new TreeMap<>(), new TreeMap<>(), false);

    /** A group of the catalog. */
    public record Group(String displayName, boolean retired) {}

    public CatalogState {
        groups = Collections.unmodifiableSortedMap(groups);
        models = Collections.unmodifiableSortedMap(models);
    }

    /**
     * @throws Contradiction where the event cannot have happened
     */
    CatalogState evolve(CatalogEvent event) {
        return switch (event) {
            case GroupDefined(String name, String displayName) ->
                    with(name, new Group(displayName, false));
            case GroupRetired(String name) -> {
                Group group = groups.get(name);
                if (group == null || group.retired()) {
                    throw new Contradiction("there is no group " + name + " to retire");
                }
                yield with(name, new Group(group.displayName(), true));
            }
            case ModelListed(String model) -> with(model, false);
            case ModelRetired(String model) -> {
                if (!Boolean.FALSE.equals(models.get(model))) {
                    throw new Contradiction("there is no model " + model + " to retire");
                }
                yield with(model, true);
            }
            case CatalogClosed _ -> closed(true);
            case CatalogOpened _ -> closed(false);
        };
    }

    private CatalogState with(String name, Group group) {
        SortedMap<String, Group> changed = new TreeMap<>(groups);
        changed.put(name, group);
        return new CatalogState(changed, models, closed);
    }

    private CatalogState with(String model, boolean retired) {
        SortedMap<String, Boolean> changed = new TreeMap<>(models);
        changed.put(model, retired);
        return new CatalogState(groups, changed, closed);
    }

    private CatalogState closed(boolean now) {
        if (closed == now) {
            throw new Contradiction("the catalog is " + (now ? "closed" : "open") + " already");
        }
        return new CatalogState(groups, models, now);
    }
}
