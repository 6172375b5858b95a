package com.tokaify.ledger.command.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import com.tokaify.ledger.command.Samples;
import com.tokaify.ledger.events.CatalogEvent;
import com.tokaify.ledger.events.CatalogEvent.CatalogClosed;
import com.tokaify.ledger.events.CatalogEvent.CatalogOpened;
import com.tokaify.ledger.events.CatalogEvent.GroupDefined;
import com.tokaify.ledger.events.CatalogEvent.GroupRetired;
import com.tokaify.ledger.events.CatalogEvent.ModelListed;
import com.tokaify.ledger.events.CatalogEvent.ModelRetired;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every event makes of the catalog. */
class CatalogStateTest {
    private static final Map<String, String> DEFAULT = Map.of("default", "Default");
    private static final CatalogState STATE =
            new CatalogState(DEFAULT, Set.of("old"), Set.of("claude"), Set.of("gpt-3"), false);

    static Stream<CatalogEvent> events() {
        return Samples.catalogEvents().stream();
    }

    /** The table below leaves no type of event out. */
    @Test
    void theSamplesHoldEveryTypeOfCatalogEvent() {
        assertThat(events().<Object>map(CatalogEvent::getClass))
                .containsExactlyInAnyOrder((Object[]) CatalogEvent.class.getPermittedSubclasses());
    }

    /** Each event changes what it names, and nothing besides. */
    @ParameterizedTest
    @MethodSource("events")
    void eachEventChangesTheCatalogInItsOwnWay(CatalogEvent event) {
        Set<String> old = Set.of("old");
        Set<String> claude = Set.of("claude");
        Set<String> gpt3 = Set.of("gpt-3");
        CatalogState expected =
                switch (event) {
                    case GroupDefined _ ->
                            new CatalogState(
                                    Map.of("default", "Default", "vip", "Very important"),
                                    old,
                                    claude,
                                    gpt3,
                                    false);
                    case GroupRetired _ ->
                            new CatalogState(
                                    Map.of(), Set.of("old", "default"), claude, gpt3, false);
                    case ModelListed _ ->
                            new CatalogState(DEFAULT, old, Set.of("claude", "gpt-4o"), gpt3, false);
                    case ModelRetired _ ->
                            new CatalogState(
                                    DEFAULT, old, claude, Set.of("gpt-3", "gpt-4o"), false);
                    case CatalogClosed _ -> new CatalogState(DEFAULT, old, claude, gpt3, true);
                    case CatalogOpened _ -> STATE;
                };
        assertThat(STATE.evolve(event)).isEqualTo(expected);
    }

    /** What is defined or listed again is back, and what was renamed has its other name. */
    @Test
    void whatWasRetiredComesBack() {
        assertThat(
                        STATE.evolve(new GroupDefined("old", "Old"))
                                .evolve(new GroupDefined("default", "Everybody"))
                                .evolve(new ModelListed("gpt-3"))
                                .evolve(new CatalogClosed()))
                .isEqualTo(
                        new CatalogState(
                                Map.of("default", "Everybody", "old", "Old"),
                                Set.of(),
                                Set.of("claude", "gpt-3"),
                                Set.of(),
                                true));
        assertThat(STATE.evolve(new CatalogClosed()).evolve(new CatalogOpened())).isEqualTo(STATE);
        assertThat(CatalogState.EMPTY.everHadAGroup()).isFalse();
        assertThat(CatalogState.EMPTY.evolve(new ModelListed("gpt-3")).everHadAGroup()).isFalse();
        assertThat(STATE.everHadAGroup()).isTrue();
    }
}
