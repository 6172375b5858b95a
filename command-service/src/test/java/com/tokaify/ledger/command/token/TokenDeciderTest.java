package com.tokaify.ledger.command.token;

import static com.tokaify.ledger.command.Samples.ACCOUNT;
import static com.tokaify.ledger.command.Samples.CONTEXT;
import static com.tokaify.ledger.command.Samples.HASH;
import static com.tokaify.ledger.command.Samples.MASK;
import static com.tokaify.ledger.command.Samples.NOW;
import static com.tokaify.ledger.command.Samples.TOKEN;
import static com.tokaify.ledger.command.Samples.created;
import static com.tokaify.ledger.command.Samples.facts;
import static com.tokaify.ledger.command.Samples.limit;
import static com.tokaify.ledger.command.decision.Decision.accept;
import static com.tokaify.ledger.command.decision.Decision.refuse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.tokaify.ledger.command.decision.Decision;
import com.tokaify.ledger.command.decision.Refusal;
import com.tokaify.ledger.command.token.TokenCommand.Booking;
import com.tokaify.ledger.command.token.TokenCommand.ConsumeQuota;
import com.tokaify.ledger.command.token.TokenCommand.Consumption;
import com.tokaify.ledger.command.token.TokenCommand.CreateToken;
import com.tokaify.ledger.command.token.TokenCommand.DisableToken;
import com.tokaify.ledger.command.token.TokenCommand.Done;
import com.tokaify.ledger.command.token.TokenCommand.EnableToken;
import com.tokaify.ledger.events.FieldRules;
import com.tokaify.ledger.events.Restrictions;
import com.tokaify.ledger.events.TokenEvent;
import com.tokaify.ledger.events.TokenEvent.QuotaConsumed;
import com.tokaify.ledger.events.TokenEvent.QuotaExhausted;
import com.tokaify.ledger.events.TokenEvent.TokenDeleted;
import com.tokaify.ledger.events.TokenEvent.TokenDisabled;
import com.tokaify.ledger.events.TokenEvent.TokenEnabled;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One table for each command: what it comes to in every situation a token can be in. */
class TokenDeciderTest {
    /** Every kind of state that any decision tells apart. 60 units are consumed where any are. */
    enum Situation {
        UNBORN(new TokenState.Unborn()),
        UNLIMITED(after(Restrictions.NONE)),
        LIMITED_TO_100(after(limit(100L))),
        EXHAUSTED(after(limit(60L), new QuotaExhausted(60, 60))),
        DISABLED(after(limit(100L), new TokenDisabled(null))),
        EXPIRED_JUST_NOW(after(new Restrictions(100L, null, null, NOW))),
        NOT_YET_EXPIRED(after(new Restrictions(100L, null, null, NOW.plusNanos(1_000)))),
        ONLY_GPT_4O(after(new Restrictions(100L, List.of("gpt-4o"), null, null))),
        DELETED(after(limit(100L), new TokenDeleted()));

        @SuppressWarnings("ImmutableEnumChecker") // an immutable record, which the check cannot see
        private final TokenState state;

        Situation(TokenState state) {
            this.state = state;
        }

        private static TokenState after(Restrictions restrictions, TokenEvent... more) {
            List<TokenEvent> events = new ArrayList<>();
            events.add(created(restrictions));
            events.add(new QuotaConsumed("u0", 60, null, 60, false));
            events.addAll(List.of(more));
            return Histories.after(events);
        }
    }

    private static final Done DONE = new Done(TOKEN);
    private static final String DELETED_DETAIL = "The token " + TOKEN + " was deleted.";
    private static final String UNKNOWN_DETAIL = "There is no token " + TOKEN + ".";

    /** A token is created once; a second creation is a broken invariant, not an answer. */
    @ParameterizedTest
    @EnumSource
    void createMakesATokenOnlyOfNothing(Situation situation) {
        CreateToken create =
                new CreateToken(TOKEN, ACCOUNT, "ci", "default", limit(100L), HASH, MASK, CONTEXT);
        switch (situation) {
            case UNBORN ->
                    assertThat(TokenDecider.decide(situation.state, create))
                            .isEqualTo(accept(DONE, created(limit(100L))));
            case UNLIMITED,
                    LIMITED_TO_100,
                    EXHAUSTED,
                    DISABLED,
                    EXPIRED_JUST_NOW,
                    NOT_YET_EXPIRED,
                    ONLY_GPT_4O,
                    DELETED ->
                    assertThatIllegalStateException()
                            .isThrownBy(() -> TokenDecider.decide(situation.state, create));
        }
    }

    /** Enabling what is enabled makes no event. */
    @ParameterizedTest
    @EnumSource
    void enableIsAnEventOnlyForADisabledToken(Situation situation) {
        Decision<Done> expected =
                switch (situation) {
                    case UNBORN -> unknown();
                    case UNLIMITED,
                            LIMITED_TO_100,
                            EXHAUSTED,
                            EXPIRED_JUST_NOW,
                            NOT_YET_EXPIRED,
                            ONLY_GPT_4O ->
                            accept(DONE);
                    case DISABLED -> accept(DONE, new TokenEnabled());
                    case DELETED -> deleted();
                };
        assertThat(TokenDecider.decide(situation.state, new EnableToken(TOKEN, CONTEXT)))
                .isEqualTo(expected);
    }

    /** Disabling what is disabled makes no event. */
    @ParameterizedTest
    @EnumSource
    void disableIsAnEventOnlyForAnEnabledToken(Situation situation) {
        Decision<Done> expected =
                switch (situation) {
                    case UNBORN -> unknown();
                    case UNLIMITED,
                            LIMITED_TO_100,
                            EXHAUSTED,
                            EXPIRED_JUST_NOW,
                            NOT_YET_EXPIRED,
                            ONLY_GPT_4O ->
                            accept(DONE, new TokenDisabled("leaked"));
                    case DISABLED -> accept(DONE);
                    case DELETED -> deleted();
                };
        assertThat(TokenDecider.decide(situation.state, new DisableToken(TOKEN, "leaked", CONTEXT)))
                .isEqualTo(expected);
    }

    /** The last units may be consumed, and the ledger says that they were the last. */
    @ParameterizedTest
    @EnumSource
    void strictConsumptionOfWhatIsLeft(Situation situation) {
        Decision<Consumption> expected =
                switch (situation) {
                    case UNBORN -> unknown();
                    case UNLIMITED -> accept(answer(40, 100, null), booked(40, null, 100, false));
                    case LIMITED_TO_100, NOT_YET_EXPIRED ->
                            accept(
                                    answer(40, 100, 0L),
                                    booked(40, null, 100, false),
                                    new QuotaExhausted(100, 100));
                    case EXHAUSTED -> exhausted(0, 40);
                    case DISABLED -> disabled();
                    case EXPIRED_JUST_NOW -> expired();
                    case ONLY_GPT_4O -> modelMissing();
                    case DELETED -> deleted();
                };
        assertThat(TokenDecider.decide(situation.state, consume(40, null, Booking.STRICT)))
                .isEqualTo(expected);
    }

    /** One unit above the cap is refused without an event. */
    @ParameterizedTest
    @EnumSource
    void strictConsumptionOfOneUnitTooMany(Situation situation) {
        Decision<Consumption> expected =
                switch (situation) {
                    case UNBORN -> unknown();
                    case UNLIMITED -> accept(answer(41, 101, null), booked(41, null, 101, false));
                    case LIMITED_TO_100, NOT_YET_EXPIRED -> exhausted(40, 41);
                    case EXHAUSTED -> exhausted(0, 41);
                    case DISABLED -> disabled();
                    case EXPIRED_JUST_NOW -> expired();
                    case ONLY_GPT_4O -> modelMissing();
                    case DELETED -> deleted();
                };
        assertThat(TokenDecider.decide(situation.state, consume(41, null, Booking.STRICT)))
                .isEqualTo(expected);
    }

    /** A model the token is not restricted to passes; another is refused. */
    @ParameterizedTest
    @EnumSource
    void strictConsumptionOfAnotherModel(Situation situation) {
        Decision<Consumption> expected =
                switch (situation) {
                    case UNBORN -> unknown();
                    case UNLIMITED -> accept(answer(1, 61, null), booked(1, "claude", 61, false));
                    case LIMITED_TO_100, NOT_YET_EXPIRED ->
                            accept(answer(1, 61, 39L), booked(1, "claude", 61, false));
                    case EXHAUSTED -> exhausted(0, 1);
                    case DISABLED -> disabled();
                    case EXPIRED_JUST_NOW -> expired();
                    case ONLY_GPT_4O ->
                            refuse(
                                    Refusal.MODEL_NOT_ALLOWED,
                                    "The token may not use the model claude.");
                    case DELETED -> deleted();
                };
        assertThat(TokenDecider.decide(situation.state, consume(1, "claude", Booking.STRICT)))
                .isEqualTo(expected);
    }

    /** The model the token is restricted to passes. */
    @Test
    void strictConsumptionOfTheAllowedModel() {
        assertThat(
                        TokenDecider.decide(
                                Situation.ONLY_GPT_4O.state, consume(1, "gpt-4o", Booking.STRICT)))
                .isEqualTo(accept(answer(1, 61, 39L), booked(1, "gpt-4o", 61, false)));
    }

    /** What has happened is booked whatever the token's state, above the cap as an overrun. */
    @ParameterizedTest
    @EnumSource
    void usageThatHappenedIsBookedAboveTheCapAsWell(Situation situation) {
        Decision<Consumption> expected =
                switch (situation) {
                    case UNBORN -> unknown();
                    case UNLIMITED -> accept(answer(41, 101, null), booked(41, null, 101, false));
                    case LIMITED_TO_100, NOT_YET_EXPIRED, DISABLED, EXPIRED_JUST_NOW, ONLY_GPT_4O ->
                            accept(
                                    answer(41, 101, 0L),
                                    booked(41, null, 101, true),
                                    new QuotaExhausted(101, 100));
                    // The ledger has said already that nothing is left.
                    case EXHAUSTED -> accept(answer(41, 101, 0L), booked(41, null, 101, true));
                    case DELETED -> accept(answer(41, 101, null), booked(41, null, 101, false));
                };
        assertThat(TokenDecider.decide(situation.state, consume(41, null, Booking.HAPPENED)))
                .isEqualTo(expected);
    }

    /** The same usage again gets the same total, and no event, whatever has become of the token. */
    @ParameterizedTest
    @EnumSource
    void repeatedUsageIsAnsweredAsBefore(Situation situation) {
        ConsumeQuota first = consume(20, "gpt-4o", Booking.STRICT);
        ConsumeQuota again =
                first.knowing(facts(first, new QuotaConsumed("u1", 20, "gpt-4o", 45, false)));
        Decision<Consumption> expected =
                switch (situation) {
                    case UNBORN, UNLIMITED, DELETED -> accept(answer(20, 45, null));
                    case LIMITED_TO_100, NOT_YET_EXPIRED, DISABLED, EXPIRED_JUST_NOW, ONLY_GPT_4O ->
                            accept(answer(20, 45, 55L));
                    case EXHAUSTED -> accept(answer(20, 45, 15L));
                };
        assertThat(TokenDecider.decide(situation.state, again)).isEqualTo(expected);
    }

    /** A usage id names one usage: another amount or model under it is a conflict. */
    @ParameterizedTest
    @EnumSource
    void aUsageIdWithOtherContentIsAConflict(Situation situation) {
        QuotaConsumed withModel = new QuotaConsumed("u1", 20, "gpt-4o", 45, false);
        QuotaConsumed withoutModel = new QuotaConsumed("u1", 20, null, 45, false);
        String before = "The usage u1 was booked before with amount 20";
        assertThat(decideAfter(situation, consume(21, "gpt-4o", Booking.HAPPENED), withModel))
                .isEqualTo(refuse(Refusal.USAGE_ID_CONFLICT, before + " and model gpt-4o."));
        assertThat(decideAfter(situation, consume(20, null, Booking.STRICT), withModel))
                .isEqualTo(refuse(Refusal.USAGE_ID_CONFLICT, before + " and model gpt-4o."));
        assertThat(decideAfter(situation, consume(20, "gpt-4o", Booking.STRICT), withoutModel))
                .isEqualTo(refuse(Refusal.USAGE_ID_CONFLICT, before + "."));
    }

    /** The total stays within what a JSON reader represents exactly; at the edge it fits. */
    @ParameterizedTest
    @EnumSource(Booking.class)
    void aTotalThatNoReaderCouldReadIsRefused(Booking booking) {
        TokenState nearlyFull =
                Histories.after(
                        created(Restrictions.NONE),
                        new QuotaConsumed("u0", 1, null, FieldRules.MAX_TOTAL - 10, false));
        assertThat(TokenDecider.decide(nearlyFull, consume(10, null, booking)))
                .isEqualTo(
                        accept(
                                answer(10, FieldRules.MAX_TOTAL, null),
                                booked(10, null, FieldRules.MAX_TOTAL, false)));
        assertThat(TokenDecider.decide(nearlyFull, consume(11, null, booking)))
                .isEqualTo(
                        refuse(
                                Refusal.TOTAL_OVERFLOW,
                                "The token's total would exceed "
                                        + FieldRules.MAX_TOTAL
                                        + " units."));
    }

    private static Decision<Consumption> decideAfter(
            Situation situation, ConsumeQuota command, QuotaConsumed earlier) {
        return TokenDecider.decide(situation.state, command.knowing(facts(command, earlier)));
    }

    private static ConsumeQuota consume(long amount, @Nullable String model, Booking booking) {
        return new ConsumeQuota(TOKEN, "u1", amount, model, booking, Optional.empty(), CONTEXT);
    }

    private static Consumption answer(long amount, long total, @Nullable Long remaining) {
        return new Consumption(TOKEN, "u1", amount, total, remaining);
    }

    private static QuotaConsumed booked(
            long amount, @Nullable String model, long total, boolean overrun) {
        return new QuotaConsumed("u1", amount, model, total, overrun);
    }

    private static <A> Decision<A> unknown() {
        return refuse(Refusal.TOKEN_NOT_FOUND, UNKNOWN_DETAIL);
    }

    private static <A> Decision<A> deleted() {
        return refuse(Refusal.TOKEN_DELETED, DELETED_DETAIL);
    }

    private static Decision<Consumption> disabled() {
        return refuse(Refusal.TOKEN_DISABLED, "The token is disabled.");
    }

    private static Decision<Consumption> expired() {
        return refuse(Refusal.TOKEN_EXPIRED, "The token expired at " + NOW + ".");
    }

    private static Decision<Consumption> modelMissing() {
        return refuse(
                Refusal.MODEL_MISSING,
                "The token is restricted to certain models; name the one that is used.");
    }

    private static Decision<Consumption> exhausted(long left, long needed) {
        return refuse(
                Refusal.QUOTA_EXHAUSTED,
                "The token has " + left + " units left, " + needed + " are needed.");
    }
}
