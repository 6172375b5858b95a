package com.tokaify.ledger.command.token;

import static com.tokaify.ledger.command.Samples.CONTEXT;
import static com.tokaify.ledger.command.Samples.NOW;
import static com.tokaify.ledger.command.Samples.TOKEN;
import static com.tokaify.ledger.command.Samples.created;
import static com.tokaify.ledger.command.Samples.facts;
import static com.tokaify.ledger.command.Samples.limit;
import static com.tokaify.ledger.command.decision.Decision.accept;
import static com.tokaify.ledger.command.decision.Decision.refuse;
import static org.assertj.core.api.Assertions.assertThat;

import com.tokaify.ledger.command.decision.Decision;
import com.tokaify.ledger.command.decision.RecordedFact;
import com.tokaify.ledger.command.decision.Refusal;
import com.tokaify.ledger.command.token.TokenCommand.Booking;
import com.tokaify.ledger.command.token.TokenCommand.ConsumeQuota;
import com.tokaify.ledger.command.token.TokenCommand.Consumption;
import com.tokaify.ledger.events.FieldRules;
import com.tokaify.ledger.events.ModelQuota;
import com.tokaify.ledger.events.QuotaPeriod;
import com.tokaify.ledger.events.Restrictions;
import com.tokaify.ledger.events.TokenEvent;
import com.tokaify.ledger.events.TokenEvent.ModelQuotaExhausted;
import com.tokaify.ledger.events.TokenEvent.ModelQuotasChanged;
import com.tokaify.ledger.events.TokenEvent.QuotaConsumed;
import com.tokaify.ledger.events.TokenEvent.QuotaExhausted;
import com.tokaify.ledger.events.TokenEvent.QuotaLimitChanged;
import com.tokaify.ledger.events.TokenEvent.QuotaPeriodChanged;
import com.tokaify.ledger.events.TokenEvent.QuotaPeriodStarted;
import com.tokaify.ledger.events.TokenEvent.TokenDeleted;
import com.tokaify.ledger.events.TokenEvent.TokenDisabled;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One table for each way to book usage, with every situation a token can be in. */
class ConsumptionDeciderTest {
    private static final QuotaPeriod DAILY = new QuotaPeriod(QuotaPeriod.Every.DAY, "UTC");

    /** What begins the day of {@code NOW}. */
    private static final QuotaPeriodStarted BEGUN =
            new QuotaPeriodStarted(
                    Instant.parse("2026-07-01T00:00:00Z"),
                    Instant.parse("2026-07-02T00:00:00Z"),
                    120);

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
        /** 20 more units count in a day that goes on. */
        DAY_ENDS_SOON(
                after(
                        limit(100L),
                        new QuotaPeriodChanged(DAILY),
                        new QuotaPeriodStarted(NOW.minusSeconds(9), NOW.plusNanos(1_000), 60),
                        new QuotaConsumed("u1", 20, null, 80, false))),
        /** 60 more units were all there were for a day that is over. */
        DAY_ENDS_NOW(
                after(
                        limit(60L),
                        new QuotaExhausted(60, 60),
                        new QuotaPeriodChanged(DAILY),
                        new QuotaPeriodStarted(NOW.minusSeconds(9), NOW, 60),
                        new QuotaConsumed("u1", 60, null, 120, false),
                        new QuotaExhausted(60, 60))),
        /** 25 units of gpt-4o, of the 40 it may have. */
        GPT_4O_LIMITED_TO_40(
                after(
                        limit(100L),
                        new ModelQuotasChanged(List.of(new ModelQuota("gpt-4o", 40))),
                        new QuotaConsumed("u1", 25, "gpt-4o", 85, false))),
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
                    case DAY_ENDS_SOON ->
                            accept(answer(40, 120, 40L), booked(40, null, 120, false));
                    case DAY_ENDS_NOW ->
                            accept(answer(40, 160, 20L), BEGUN, booked(40, null, 160, false));
                    case GPT_4O_LIMITED_TO_40 -> exhausted(15, 40);
                    case DISABLED -> disabled();
                    case EXPIRED_JUST_NOW -> expired();
                    case ONLY_GPT_4O -> modelMissing();
                    case DELETED -> deleted();
                };
        assertThat(UsageDecider.decide(situation.state, consume(40, null, Booking.STRICT)))
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
                    case DAY_ENDS_SOON ->
                            accept(answer(41, 121, 39L), booked(41, null, 121, false));
                    case DAY_ENDS_NOW ->
                            accept(answer(41, 161, 19L), BEGUN, booked(41, null, 161, false));
                    case GPT_4O_LIMITED_TO_40 -> exhausted(15, 41);
                    case DISABLED -> disabled();
                    case EXPIRED_JUST_NOW -> expired();
                    case ONLY_GPT_4O -> modelMissing();
                    case DELETED -> deleted();
                };
        assertThat(UsageDecider.decide(situation.state, consume(41, null, Booking.STRICT)))
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
                    case DAY_ENDS_SOON ->
                            accept(answer(1, 81, 79L), booked(1, "claude", 81, false));
                    case DAY_ENDS_NOW ->
                            accept(answer(1, 121, 59L), BEGUN, booked(1, "claude", 121, false));
                    case GPT_4O_LIMITED_TO_40 ->
                            accept(answer(1, 86, 14L), booked(1, "claude", 86, false));
                    case DISABLED -> disabled();
                    case EXPIRED_JUST_NOW -> expired();
                    case ONLY_GPT_4O ->
                            refuse(
                                    Refusal.MODEL_NOT_ALLOWED,
                                    "The token may not use the model claude.");
                    case DELETED -> deleted();
                };
        assertThat(UsageDecider.decide(situation.state, consume(1, "claude", Booking.STRICT)))
                .isEqualTo(expected);
    }

    /** The model the token is restricted to passes. */
    @Test
    void strictConsumptionOfTheAllowedModel() {
        assertThat(
                        UsageDecider.decide(
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
                    case DAY_ENDS_SOON ->
                            accept(answer(41, 121, 39L), booked(41, null, 121, false));
                    case DAY_ENDS_NOW ->
                            accept(answer(41, 161, 19L), BEGUN, booked(41, null, 161, false));
                    case GPT_4O_LIMITED_TO_40 ->
                            accept(
                                    answer(41, 126, 0L),
                                    booked(41, null, 126, true),
                                    new QuotaExhausted(126, 100));
                    case DELETED -> accept(answer(41, 101, null), booked(41, null, 101, false));
                };
        assertThat(UsageDecider.decide(situation.state, consume(41, null, Booking.HAPPENED)))
                .isEqualTo(expected);
    }

    /** The model's own limit holds beside the token's, and the refusal names the model. */
    @Test
    void strictConsumptionHeedsTheModelsLimit() {
        TokenState limited = Situation.GPT_4O_LIMITED_TO_40.state;
        TokenState limitedByModelsAlone =
                TokenState.evolve(limited, new QuotaLimitChanged(null), 9);
        assertThat(UsageDecider.decide(limitedByModelsAlone, consume(16, "gpt-4o", Booking.STRICT)))
                .isEqualTo(
                        refuse(
                                Refusal.QUOTA_EXHAUSTED,
                                "The token has 15 units left for the model gpt-4o, 16 are needed."));
        assertThat(UsageDecider.decide(limitedByModelsAlone, consume(15, "gpt-4o", Booking.STRICT)))
                .isEqualTo(
                        accept(
                                answer(15, 100, null),
                                booked(15, "gpt-4o", 100, false),
                                new ModelQuotaExhausted("gpt-4o", 40, 40)));
        assertThat(UsageDecider.decide(limited, consume(15, "gpt-4o", Booking.STRICT)))
                .as("both limits end at once")
                .isEqualTo(
                        accept(
                                answer(15, 100, 0L),
                                booked(15, "gpt-4o", 100, false),
                                new QuotaExhausted(100, 100),
                                new ModelQuotaExhausted("gpt-4o", 40, 40)));
        assertThat(UsageDecider.decide(limited, consume(16, "gpt-4o", Booking.STRICT)))
                .as("the token's own limit is looked at first")
                .isEqualTo(exhausted(15, 16));
        assertThat(UsageDecider.decide(limitedByModelsAlone, consume(99, null, Booking.STRICT)))
                .as("a call that names no model counts under no model")
                .isEqualTo(accept(answer(99, 184, null), booked(99, null, 184, false)));
    }

    /** What has happened above a model's limit is an overrun, too. */
    @Test
    void usageAboveTheModelsLimitIsAnOverrun() {
        TokenState limited =
                TokenState.evolve(
                        Situation.GPT_4O_LIMITED_TO_40.state, new QuotaLimitChanged(1_000L), 9);
        assertThat(UsageDecider.decide(limited, consume(16, "gpt-4o", Booking.HAPPENED)))
                .isEqualTo(
                        accept(
                                answer(16, 101, 899L),
                                booked(16, "gpt-4o", 101, true),
                                new ModelQuotaExhausted("gpt-4o", 41, 40)));
    }

    /** A refusal begins no period, and the period nobody has begun yet may end with its usage. */
    @Test
    void theNewDaysQuotaHoldsFromItsFirstInstant() {
        TokenState over = Situation.DAY_ENDS_NOW.state;
        assertThat(UsageDecider.decide(over, consume(61, null, Booking.STRICT)))
                .isEqualTo(exhausted(60, 61));
        assertThat(UsageDecider.decide(over, consume(60, null, Booking.STRICT)))
                .isEqualTo(
                        accept(
                                answer(60, 180, 0L),
                                BEGUN,
                                booked(60, null, 180, false),
                                new QuotaExhausted(60, 60)));
        assertThat(UsageDecider.decide(over, consume(61, null, Booking.HAPPENED)))
                .isEqualTo(
                        accept(
                                answer(61, 181, 0L),
                                BEGUN,
                                booked(61, null, 181, true),
                                new QuotaExhausted(61, 60)));
        assertThat(
                        UsageDecider.decide(
                                Situation.DAY_ENDS_SOON.state, consume(81, null, Booking.STRICT)))
                .isEqualTo(exhausted(80, 81));
    }

    /** Usage of the running day is told what its day had left once it was booked. */
    @Test
    void repeatedUsageOfTheRunningDayIsAnsweredAsBefore() {
        ConsumeQuota first = consume(20, null, Booking.STRICT);
        QuotaConsumed booked = booked(20, null, 80, false);
        ConsumeQuota again =
                first.knowing(
                        Map.of(first.recalls().getFirst(), new RecordedFact(TOKEN, 4, booked)));
        TokenState later =
                TokenState.evolve(
                        Situation.DAY_ENDS_SOON.state,
                        new QuotaConsumed("u2", 30, null, 110, false),
                        5);
        assertThat(UsageDecider.decide(later, again)).isEqualTo(accept(answer(20, 80, 80L)));
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
                    case GPT_4O_LIMITED_TO_40 -> accept(answer(20, 45, 55L));
                    // It was in a day that is over: what is left now is told.
                    case DAY_ENDS_SOON -> accept(answer(20, 45, 80L));
                    case DAY_ENDS_NOW -> accept(answer(20, 45, 60L));
                };
        assertThat(UsageDecider.decide(situation.state, again)).isEqualTo(expected);
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
        assertThat(UsageDecider.decide(nearlyFull, consume(10, null, booking)))
                .isEqualTo(
                        accept(
                                answer(10, FieldRules.MAX_TOTAL, null),
                                booked(10, null, FieldRules.MAX_TOTAL, false)));
        assertThat(UsageDecider.decide(nearlyFull, consume(11, null, booking)))
                .isEqualTo(
                        refuse(
                                Refusal.TOTAL_OVERFLOW,
                                "The token's total would exceed "
                                        + FieldRules.MAX_TOTAL
                                        + " units."));
    }

    private static Decision<Consumption> decideAfter(
            Situation situation, ConsumeQuota command, QuotaConsumed earlier) {
        return UsageDecider.decide(situation.state, command.knowing(facts(command, earlier)));
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
        return refuse(Refusal.TOKEN_NOT_FOUND, "There is no token " + TOKEN + ".");
    }

    private static <A> Decision<A> deleted() {
        return refuse(Refusal.TOKEN_DELETED, "The token " + TOKEN + " was deleted.");
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
