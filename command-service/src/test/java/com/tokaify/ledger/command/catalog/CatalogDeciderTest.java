package com.tokaify.ledger.command.catalog;

import static com.tokaify.ledger.command.Samples.CONTEXT;
import static com.tokaify.ledger.command.decision.Decision.accept;
import static com.tokaify.ledger.command.decision.Decision.refuse;
import static org.assertj.core.api.Assertions.assertThat;

import com.tokaify.ledger.command.catalog.CatalogCommand.AdmitToGroup;
import com.tokaify.ledger.command.catalog.CatalogCommand.DefineGroup;
import com.tokaify.ledger.command.catalog.CatalogCommand.Group;
import com.tokaify.ledger.command.decision.Decision;
import com.tokaify.ledger.command.decision.Refusal;
import com.tokaify.ledger.events.CatalogEvent.GroupDefined;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One table for each command: what it comes to in every situation the catalog can be in. */
class CatalogDeciderTest {
    enum Situation {
        EMPTY(CatalogState.EMPTY),
        HAS_OTHERS(new CatalogState(Map.of("default", "Default"))),
        HAS_IT(new CatalogState(Map.of("vip", "Very important"))),
        HAS_IT_UNDER_ANOTHER_DISPLAY_NAME(new CatalogState(Map.of("vip", "VIP")));

        @SuppressWarnings("ImmutableEnumChecker") // an immutable record, which the check cannot see
        private final CatalogState state;

        Situation(CatalogState state) {
            this.state = state;
        }
    }

    /** Defining a group as it is makes no event. */
    @ParameterizedTest
    @EnumSource
    void defineIsAnEventWhereSomethingChanges(Situation situation) {
        Decision<Group> expected =
                switch (situation) {
                    case EMPTY, HAS_OTHERS, HAS_IT_UNDER_ANOTHER_DISPLAY_NAME ->
                            accept(new Group("vip"), new GroupDefined("vip", "Very important"));
                    case HAS_IT -> accept(new Group("vip"));
                };
        assertThat(
                        CatalogDecider.decide(
                                situation.state, new DefineGroup("vip", "Very important", CONTEXT)))
                .isEqualTo(expected);
    }

    /** A token may be put in a group of the catalog only. */
    @ParameterizedTest
    @EnumSource
    void onlyADefinedGroupAdmits(Situation situation) {
        Decision<Group> expected =
                switch (situation) {
                    case EMPTY, HAS_OTHERS ->
                            refuse(
                                    Refusal.GROUP_NOT_FOUND,
                                    "There is no group vip in the catalog.");
                    case HAS_IT, HAS_IT_UNDER_ANOTHER_DISPLAY_NAME -> accept(new Group("vip"));
                };
        assertThat(CatalogDecider.decide(situation.state, new AdmitToGroup("vip", CONTEXT)))
                .isEqualTo(expected);
    }
}
