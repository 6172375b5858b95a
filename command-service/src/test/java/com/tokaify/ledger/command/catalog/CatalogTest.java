package com.tokaify.ledger.command.catalog;

import static com.tokaify.ledger.command.Samples.CONTEXT;
import static com.tokaify.ledger.command.decision.Decision.accept;
import static com.tokaify.ledger.command.decision.Decision.refuse;

import com.tokaify.ledger.command.AggregateFixture;
import com.tokaify.ledger.command.catalog.CatalogCommand.AdmitToGroup;
import com.tokaify.ledger.command.catalog.CatalogCommand.DefineGroup;
import com.tokaify.ledger.command.catalog.CatalogCommand.Group;
import com.tokaify.ledger.command.decision.Refusal;
import com.tokaify.ledger.events.CatalogEvent.GroupDefined;
import com.tokaify.ledger.events.CatalogEvent.GroupRetired;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.junit.jupiter.api.Test;

/** The catalog through Axon's own annotations: what is handled, created, applied and sourced. */
class CatalogTest {
    private final AggregateFixture<Catalog> fixture = new AggregateFixture<>(Catalog.class);

    /** The first group brings the catalog into being. */
    @Test
    void theCatalogBeginsWithItsFirstGroup() {
        fixture.givenNothing()
                .when(new DefineGroup("default", "Default", CONTEXT))
                .decides(accept(new Group("default"), new GroupDefined("default", "Default")));
    }

    /** A further group goes into the catalog there is. */
    @Test
    void aFurtherGroupIsDefined() {
        fixture.given(new GroupDefined("default", "Default"))
                .when(new DefineGroup("vip", "VIP", CONTEXT))
                .decides(accept(new Group("vip"), new GroupDefined("vip", "VIP")));
        fixture.given(new GroupDefined("default", "Default"))
                .when(new DefineGroup("default", "Default", CONTEXT))
                .decides(accept(new Group("default")));
    }

    /** Asking never begins a catalog, and never makes an event. */
    @Test
    void askingForAGroupMakesNoEvent() {
        fixture.givenNothing()
                .when(new AdmitToGroup("default", CONTEXT))
                .fails(AggregateNotFoundException.class);
        fixture.given(new GroupDefined("default", "Default"))
                .when(new AdmitToGroup("default", CONTEXT))
                .decides(accept(new Group("default")));
        fixture.given(new GroupDefined("vip", "VIP"), new GroupRetired("vip"))
                .when(new AdmitToGroup("vip", CONTEXT))
                .decides(refuse(Refusal.GROUP_NOT_FOUND, "There is no group vip in the catalog."));
    }
}
