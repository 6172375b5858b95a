package com.tokaify.ledger.command.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import com.tokaify.ledger.command.Samples;
import com.tokaify.ledger.events.CatalogEvent;
import com.tokaify.ledger.events.CatalogEvent.GroupDefined;
import com.tokaify.ledger.events.CatalogEvent.GroupRetired;
import com.tokaify.ledger.events.CatalogEvent.ModelListed;
import com.tokaify.ledger.events.CatalogEvent.ModelRetired;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every event makes of the catalog. */
class CatalogStateTest {
    private static final CatalogState DEFAULT = new CatalogState(Map.of("default", "Default"));

    static Stream<CatalogEvent> events() {
        return Samples.catalogEvents().stream();
    }

    /** The table below leaves no type of event out. */
    @Test
    void theSamplesHoldEveryTypeOfCatalogEvent() {
        assertThat(events().<Object>map(CatalogEvent::getClass))
                .containsExactlyInAnyOrder((Object[]) CatalogEvent.class.getPermittedSubclasses());
    }

    /** Groups come, change their display name and go; models are no matter of decisions yet. */
    @ParameterizedTest
    @MethodSource("events")
    void eachEventChangesTheCatalogInItsOwnWay(CatalogEvent event) {
        CatalogState expected =
                switch (event) {
                    case GroupDefined _ ->
                            new CatalogState(Map.of("default", "Default", "vip", "Very important"));
                    case GroupRetired _ -> CatalogState.EMPTY;
                    case ModelListed _,
                            ModelRetired _,
                            CatalogEvent.CatalogClosed _,
                            CatalogEvent.CatalogOpened _ ->
                            DEFAULT;
                };
        assertThat(DEFAULT.evolve(event)).isEqualTo(expected);
        assertThat(DEFAULT.evolve(new GroupDefined("default", "Everybody")))
                .isEqualTo(new CatalogState(Map.of("default", "Everybody")));
    }
}
