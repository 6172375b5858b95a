package com.tokaify.ledger.command.catalog;

import static com.tokaify.ledger.command.Samples.CONTEXT;
import static com.tokaify.ledger.command.decision.Decision.accept;
import static com.tokaify.ledger.command.decision.Decision.refuse;

import com.tokaify.ledger.command.AggregateFixture;
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
import com.tokaify.ledger.command.decision.Refusal;
import com.tokaify.ledger.events.CatalogEvent.CatalogClosed;
import com.tokaify.ledger.events.CatalogEvent.CatalogOpened;
import com.tokaify.ledger.events.CatalogEvent.GroupDefined;
import com.tokaify.ledger.events.CatalogEvent.GroupRetired;
import com.tokaify.ledger.events.CatalogEvent.ModelListed;
import com.tokaify.ledger.events.CatalogEvent.ModelRetired;
import java.util.List;
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

    /** A model or a closed door may come before the first group. */
    @Test
    void theCatalogMayBeginWithoutAGroup() {
        fixture.givenNothing()
                .when(new DefineFirstGroup("default", "Default", CONTEXT))
                .decides(accept(new Group("default"), new GroupDefined("default", "Default")));
        fixture.givenNothing()
                .when(new ListModel("gpt-4o", CONTEXT))
                .decides(accept(new Model("gpt-4o"), new ModelListed("gpt-4o")));
        fixture.givenNothing()
                .when(new CloseCatalog(CONTEXT))
                .decides(accept(new Openness(true), new CatalogClosed()));
    }

    /** What has become of the catalog is known from its events alone. */
    @Test
    void everyCommandReachesTheCatalog() {
        fixture.given(new GroupDefined("vip", "VIP"), new GroupRetired("vip"))
                .when(new DefineFirstGroup("vip", "VIP", CONTEXT))
                .decides(accept(new Group("vip")));
        fixture.given(new GroupDefined("vip", "VIP"))
                .when(new RetireGroup("vip", CONTEXT))
                .decides(accept(new Group("vip"), new GroupRetired("vip")));
        fixture.given(new ModelListed("gpt-4o"))
                .when(new RetireModel("gpt-4o", CONTEXT))
                .decides(accept(new Model("gpt-4o"), new ModelRetired("gpt-4o")));
        fixture.given(new CatalogClosed())
                .when(new AdmitModels(List.of("gpt-4o"), CONTEXT))
                .decides(
                        refuse(
                                Refusal.MODEL_NOT_LISTED,
                                "There is no model gpt-4o in the catalog."));
        fixture.given(new CatalogClosed())
                .when(new OpenCatalog(CONTEXT))
                .decides(accept(new Openness(false), new CatalogOpened()));
    }
}
