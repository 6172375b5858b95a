package com.tokaify.ledger.command.catalog;

import static com.tokaify.ledger.command.Samples.CONTEXT;
import static com.tokaify.ledger.command.decision.Decision.accept;
import static com.tokaify.ledger.command.decision.Decision.refuse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

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
import com.tokaify.ledger.command.decision.Decision;
import com.tokaify.ledger.command.decision.Refusal;
import com.tokaify.ledger.events.CatalogEvent;
import com.tokaify.ledger.events.CatalogEvent.CatalogClosed;
import com.tokaify.ledger.events.CatalogEvent.CatalogOpened;
import com.tokaify.ledger.events.CatalogEvent.GroupDefined;
import com.tokaify.ledger.events.CatalogEvent.GroupRetired;
import com.tokaify.ledger.events.CatalogEvent.ModelListed;
import com.tokaify.ledger.events.CatalogEvent.ModelRetired;
import com.tokaify.ledger.events.InvalidField;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One table for each command: what it comes to in every situation the catalog can be in. */
class CatalogDeciderTest {
    /** The group is called vip, the model gpt-4o. */
    enum Situation {
        EMPTY,
        HAS_OTHERS(new GroupDefined("default", "Default"), new ModelListed("claude")),
        HAS_THEM(new GroupDefined("vip", "Very important"), new ModelListed("gpt-4o")),
        HAS_IT_UNDER_ANOTHER_DISPLAY_NAME(new GroupDefined("vip", "VIP")),
        HAD_THEM(
                new GroupDefined("vip", "Very important"),
                new GroupRetired("vip"),
                new ModelListed("gpt-4o"),
                new ModelRetired("gpt-4o")),
        CLOSED_WITHOUT_THEM(new ModelListed("claude"), new CatalogClosed()),
        CLOSED_WITH_THEM(
                new GroupDefined("vip", "Very important"),
                new CatalogClosed(),
                new ModelListed("gpt-4o"),
                new ModelListed("claude")),
        CLOSED_AFTER_THEM(
                new ModelListed("gpt-4o"),
                new ModelListed("claude"),
                new CatalogClosed(),
                new ModelRetired("gpt-4o"),
                new GroupDefined("vip", "Very important"),
                new GroupRetired("vip"));

        @SuppressWarnings("ImmutableEnumChecker") // an immutable record, which the check cannot see
        private final CatalogState state;

        Situation(CatalogEvent... events) {
            CatalogState folded = CatalogState.EMPTY;
            for (CatalogEvent event : events) {
                folded = folded.evolve(event);
            }
            state = folded;
        }
    }

    private static final Group VIP = new Group("vip");
    private static final Model GPT_4O = new Model("gpt-4o");

    /** Defining a group as it is makes no event. */
    @ParameterizedTest
    @EnumSource
    void defineIsAnEventWhereSomethingChanges(Situation situation) {
        Decision<Group> expected =
                switch (situation) {
                    case EMPTY,
                            HAS_OTHERS,
                            HAS_IT_UNDER_ANOTHER_DISPLAY_NAME,
                            HAD_THEM,
                            CLOSED_WITHOUT_THEM,
                            CLOSED_AFTER_THEM ->
                            accept(VIP, new GroupDefined("vip", "Very important"));
                    case HAS_THEM, CLOSED_WITH_THEM -> accept(VIP);
                };
        assertThat(
                        CatalogDecider.decide(
                                situation.state, new DefineGroup("vip", "Very important", CONTEXT)))
                .isEqualTo(expected);
    }

    /** The group of a new ledger never comes back by itself, nor takes its first name back. */
    @ParameterizedTest
    @EnumSource
    void theFirstGroupIsDefinedWhereThereNeverWasOne(Situation situation) {
        Decision<Group> expected =
                switch (situation) {
                    case EMPTY, CLOSED_WITHOUT_THEM ->
                            accept(VIP, new GroupDefined("vip", "Very important"));
                    case HAS_OTHERS,
                            HAS_THEM,
                            HAS_IT_UNDER_ANOTHER_DISPLAY_NAME,
                            HAD_THEM,
                            CLOSED_WITH_THEM,
                            CLOSED_AFTER_THEM ->
                            accept(VIP);
                };
        assertThat(
                        CatalogDecider.decide(
                                situation.state,
                                new DefineFirstGroup("vip", "Very important", CONTEXT)))
                .isEqualTo(expected);
    }

    /** Retiring is an event once; what never was cannot be retired. */
    @ParameterizedTest
    @EnumSource
    void retireIsAnEventForAGroupThatIsThere(Situation situation) {
        Decision<Group> expected =
                switch (situation) {
                    case EMPTY, HAS_OTHERS, CLOSED_WITHOUT_THEM -> noGroup();
                    case HAS_THEM, HAS_IT_UNDER_ANOTHER_DISPLAY_NAME, CLOSED_WITH_THEM ->
                            accept(VIP, new GroupRetired("vip"));
                    case HAD_THEM, CLOSED_AFTER_THEM -> accept(VIP);
                };
        assertThat(CatalogDecider.decide(situation.state, new RetireGroup("vip", CONTEXT)))
                .isEqualTo(expected);
    }

    /** A token may be put in a group of the catalog only, not in a retired one. */
    @ParameterizedTest
    @EnumSource
    void onlyADefinedGroupAdmits(Situation situation) {
        Decision<Group> expected =
                switch (situation) {
                    case EMPTY, HAS_OTHERS, HAD_THEM, CLOSED_WITHOUT_THEM, CLOSED_AFTER_THEM ->
                            noGroup();
                    case HAS_THEM, HAS_IT_UNDER_ANOTHER_DISPLAY_NAME, CLOSED_WITH_THEM ->
                            accept(VIP);
                };
        assertThat(CatalogDecider.decide(situation.state, new AdmitToGroup("vip", CONTEXT)))
                .isEqualTo(expected);
    }

    /** Listing what is listed makes no event. */
    @ParameterizedTest
    @EnumSource
    void listIsAnEventForAModelThatIsNotThere(Situation situation) {
        Decision<Model> expected =
                switch (situation) {
                    case HAS_THEM, CLOSED_WITH_THEM -> accept(GPT_4O);
                    case EMPTY,
                            HAS_OTHERS,
                            HAS_IT_UNDER_ANOTHER_DISPLAY_NAME,
                            HAD_THEM,
                            CLOSED_WITHOUT_THEM,
                            CLOSED_AFTER_THEM ->
                            accept(GPT_4O, new ModelListed("gpt-4o"));
                };
        assertThat(CatalogDecider.decide(situation.state, new ListModel("gpt-4o", CONTEXT)))
                .isEqualTo(expected);
    }

    /** Retiring is an event once; what never was cannot be retired. */
    @ParameterizedTest
    @EnumSource
    void retireIsAnEventForAModelThatIsThere(Situation situation) {
        Decision<Model> expected =
                switch (situation) {
                    case EMPTY,
                            HAS_OTHERS,
                            HAS_IT_UNDER_ANOTHER_DISPLAY_NAME,
                            CLOSED_WITHOUT_THEM ->
                            noModel();
                    case HAS_THEM, CLOSED_WITH_THEM -> accept(GPT_4O, new ModelRetired("gpt-4o"));
                    case HAD_THEM, CLOSED_AFTER_THEM -> accept(GPT_4O);
                };
        assertThat(CatalogDecider.decide(situation.state, new RetireModel("gpt-4o", CONTEXT)))
                .isEqualTo(expected);
    }

    /** An open catalog admits any model; a closed one those that are listed, each of them. */
    @ParameterizedTest
    @EnumSource
    void aClosedCatalogAdmitsOnlyWhatIsListed(Situation situation) {
        Decision<Openness> expected =
                switch (situation) {
                    case EMPTY, HAS_OTHERS, HAS_THEM, HAS_IT_UNDER_ANOTHER_DISPLAY_NAME, HAD_THEM ->
                            accept(new Openness(false));
                    case CLOSED_WITHOUT_THEM, CLOSED_AFTER_THEM -> noModel();
                    case CLOSED_WITH_THEM -> accept(new Openness(true));
                };
        assertThat(
                        CatalogDecider.decide(
                                situation.state,
                                new AdmitModels(List.of("claude", "gpt-4o"), CONTEXT)))
                .isEqualTo(expected);
    }

    /** Closing and opening are events where they change something. */
    @ParameterizedTest
    @EnumSource
    void theCatalogIsClosedAndOpened(Situation situation) {
        boolean closed =
                switch (situation) {
                    case EMPTY, HAS_OTHERS, HAS_THEM, HAS_IT_UNDER_ANOTHER_DISPLAY_NAME, HAD_THEM ->
                            false;
                    case CLOSED_WITHOUT_THEM, CLOSED_WITH_THEM, CLOSED_AFTER_THEM -> true;
                };
        Openness shut = new Openness(true);
        Openness open = new Openness(false);
        assertThat(CatalogDecider.decide(situation.state, new CloseCatalog(CONTEXT)))
                .isEqualTo(closed ? accept(shut) : accept(shut, new CatalogClosed()));
        assertThat(CatalogDecider.decide(situation.state, new OpenCatalog(CONTEXT)))
                .isEqualTo(closed ? accept(open, new CatalogOpened()) : accept(open));
    }

    /** What no event could hold never comes to a decision. */
    @Test
    void aNameThatBreaksItsRuleIsNoCommand() {
        assertThatExceptionOfType(InvalidField.class)
                .isThrownBy(() -> new RetireGroup("a b", CONTEXT))
                .withMessageStartingWith("name must ");
        assertThatExceptionOfType(InvalidField.class)
                .isThrownBy(() -> new ListModel("a b", CONTEXT))
                .withMessageStartingWith("model must ");
        assertThatExceptionOfType(InvalidField.class)
                .isThrownBy(() -> new RetireModel("", CONTEXT))
                .withMessageStartingWith("model must ");
    }

    private static Decision<Group> noGroup() {
        return refuse(Refusal.GROUP_NOT_FOUND, "There is no group vip in the catalog.");
    }

    private static <A> Decision<A> noModel() {
        return refuse(Refusal.MODEL_NOT_LISTED, "There is no model gpt-4o in the catalog.");
    }
}
