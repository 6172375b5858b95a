package com.tokaify.ledger.query.catalog;

import com.tokaify.ledger.events.CatalogEvent;
import com.tokaify.ledger.events.CatalogEvent.CatalogClosed;
import com.tokaify.ledger.events.CatalogEvent.CatalogOpened;
import com.tokaify.ledger.events.CatalogEvent.GroupDefined;
import com.tokaify.ledger.events.CatalogEvent.GroupRetired;
import com.tokaify.ledger.events.CatalogEvent.ModelListed;
import com.tokaify.ledger.events.CatalogEvent.ModelRetired;
import com.tokaify.ledger.events.RecordedEvent;
import com.tokaify.ledger.query.projection.Projection;
import java.util.List;

/**
 * The view of the operator's catalog. An operator changes it now and then, so its events are
 * written one by one.
 */
public final class CatalogProjection implements Projection {
    private final CatalogTable catalog;

    public CatalogProjection(CatalogTable catalog) {
        this.catalog = catalog;
    }

    @Override
    public String name() {
        return "catalog";
    }

    @Override
    public void apply(List<RecordedEvent> events) {
        for (RecordedEvent recorded : events) {
            if (recorded.event() instanceof CatalogEvent event) {
                apply(event);
            }
        }
    }

    private void apply(CatalogEvent event) {
        switch (event) {
            case GroupDefined(String name, String displayName) ->
                    catalog.defineGroup(name, displayName);
            case GroupRetired(String name) -> catalog.retireGroup(name);
            case ModelListed(String model) -> catalog.listModel(model);
            case ModelRetired(String model) -> catalog.retireModel(model);
            case CatalogClosed() -> catalog.close(true);
            case CatalogOpened() -> catalog.close(false);
        }
    }
}
