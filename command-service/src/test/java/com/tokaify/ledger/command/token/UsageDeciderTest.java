package com.tokaify.ledger.command.token;

import static com.tokaify.ledger.command.Samples.CONTEXT;
import static com.tokaify.ledger.command.Samples.NOW;
import static com.tokaify.ledger.command.Samples.TOKEN;
import static com.tokaify.ledger.command.Samples.created;
import static com.tokaify.ledger.command.Samples.limit;
import static com.tokaify.ledger.command.decision.Decision.accept;
import static com.tokaify.ledger.command.decision.Decision.refuse;
import static org.assertj.core.api.Assertions.assertThat;

import com.tokaify.ledger.command.decision.Decision;
import com.tokaify.ledger.command.decision.OnceKey;
import com.tokaify.ledger.command.decision.RecordedFact;
import com.tokaify.ledger.command.decision.Refusal;
import com.tokaify.ledger.command.token.TokenCommand.Done;
import com.tokaify.ledger.command.token.UsageCommand.Refund;
import com.tokaify.ledger.command.token.UsageCommand.RefundUsage;
import com.tokaify.ledger.command.token.UsageCommand.StartQuotaPeriod;
import com.tokaify.ledger.events.ModelQuota;
import com.tokaify.ledger.events.QuotaPeriod;
import com.tokaify.ledger.events.TokenEvent;
import com.tokaify.ledger.events.TokenEvent.ModelQuotasChanged;
import com.tokaify.ledger.events.TokenEvent.QuotaConsumed;
import com.tokaify.ledger.events.TokenEvent.QuotaExhausted;
import com.tokaify.ledger.events.TokenEvent.QuotaPeriodChanged;
import com.tokaify.ledger.events.TokenEvent.QuotaPeriodStarted;
import com.tokaify.ledger.events.TokenEvent.QuotaRefunded;
import com.tokaify.ledger.events.TokenEvent.TokenDeleted;
import com.tokaify.ledger.events.TokenEvent.TokenDisabled;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Refunds and beginnings of periods, with every situation a token can be in. */
class UsageDeciderTest {
    private static final QuotaPeriod DAILY = new QuotaPeriod(QuotaPeriod.Every.DAY, "UTC");
    private static final Instant SOON = NOW.plusNanos(1_000);

    /** The usage that is given back, of the model gpt-4o. */
    private static final QuotaConsumed USAGE = new QuotaConsumed("u1", 30, "gpt-4o", 30, false);

    private static final long SEQUENCE = 1;

    /** Every kind of state that any decision tells apart; in all of them the usage was booked. */
    enum Situation {
        UNBORN(new TokenState.Unborn()),
        LIMITED_TO_100(after()),
        EXHAUSTED(
                after(new QuotaConsumed("u2", 70, null, 100, false), new QuotaExhausted(100, 100))),
        DISABLED(after(new TokenDisabled(null))),
        IN_A_LATER_DAY(dayUntil(SOON)),
        IN_A_DAY_THAT_IS_OVER(dayUntil(NOW)),
        DAY_OF_NOTHING(dayOfNothing(NOW)),
        WITHOUT_DAYS_AGAIN(and(dayUntil(NOW), new QuotaPeriodChanged(null))),
        DELETED(after(new TokenDeleted())),
        DELETED_IN_A_LATER_DAY(and(dayUntil(SOON), new TokenDeleted()));

        @SuppressWarnings("ImmutableEnumChecker") // an immutable record, which the check cannot see
        private final TokenState state;

        Situation(TokenState state) {
            this.state = state;
        }

        private static TokenState after(TokenEvent... more) {
            List<TokenEvent> events = new ArrayList<>();
            events.add(created(limit(100L)));
            events.add(USAGE);
            events.addAll(List.of(more));
            return Histories.after(events);
        }

        /** 50 units count in it. */
        private static TokenState dayUntil(Instant end) {
            return and(dayOfNothing(end), new QuotaConsumed("u2", 50, null, 80, false));
        }

        private static TokenState dayOfNothing(Instant end) {
            return after(
                    new QuotaPeriodChanged(DAILY),
                    new QuotaPeriodStarted(end.minusSeconds(86_400), end, 30));
        }

        private static TokenState and(TokenState state, TokenEvent event) {
            return TokenState.evolve(state, event, 5);
        }
    }

    /** Units come back, to the model they were of, and to the period they were of. */
    @ParameterizedTest
    @EnumSource
    void usageIsGivenBack(Situation situation) {
        Decision<Refund> expected =
                switch (situation) {
                    case UNBORN -> unknown();
                    case LIMITED_TO_100, DISABLED ->
                            accept(answer(20, 10, 90L), refunded(20, true, 10));
                    case EXHAUSTED -> accept(answer(20, 80, 20L), refunded(20, true, 80));
                    case IN_A_LATER_DAY -> accept(answer(20, 60, 50L), refunded(20, false, 60));
                    case IN_A_DAY_THAT_IS_OVER ->
                            accept(answer(20, 60, 100L), refunded(20, false, 60));
                    case DAY_OF_NOTHING -> accept(answer(20, 10, 100L), refunded(20, false, 10));
                    case WITHOUT_DAYS_AGAIN -> accept(answer(20, 60, 40L), refunded(20, true, 60));
                    case DELETED -> accept(answer(20, 10, null), refunded(20, true, 10));
                    case DELETED_IN_A_LATER_DAY ->
                            accept(answer(20, 60, null), refunded(20, false, 60));
                };
        assertThat(UsageDecider.decide(situation.state, told(refund(20), USAGE, null)))
                .isEqualTo(expected);
    }

    /** All of it may come back, and not a unit more. */
    @ParameterizedTest
    @EnumSource
    void noMoreComesBackThanWasBooked(Situation situation) {
        Decision<Refund> all = UsageDecider.decide(situation.state, told(refund(30), USAGE, null));
        Decision<Refund> more = UsageDecider.decide(situation.state, told(refund(31), USAGE, null));
        if (situation == Situation.UNBORN) {
            assertThat(more).isEqualTo(unknown());
        } else {
            assertThat(all).isInstanceOf(Decision.Accepted.class);
            assertThat(more)
                    .isEqualTo(
                            refuse(
                                    Refusal.REFUND_EXCEEDS_USAGE,
                                    "The usage u1 has an amount of 30, 31 cannot be given back."));
        }
    }

    /** What was never booked cannot be given back. */
    @ParameterizedTest
    @EnumSource
    void usageNobodyBookedIsNotFound(Situation situation) {
        assertThat(UsageDecider.decide(situation.state, refund(1)))
                .isEqualTo(
                        situation == Situation.UNBORN
                                ? unknown()
                                : refuse(Refusal.USAGE_NOT_FOUND, "The token has no usage u1."));
    }

    /** The same refund again, whatever its reason, is answered as before and makes no event. */
    @ParameterizedTest
    @EnumSource
    void aUsageIsGivenBackOnce(Situation situation) {
        QuotaRefunded before = new QuotaRefunded("u1", 20, "gpt-4o", "another reason", true, 10);
        Decision<Refund> expected =
                switch (situation) {
                    case UNBORN -> unknown();
                    case LIMITED_TO_100, DISABLED, EXHAUSTED, WITHOUT_DAYS_AGAIN ->
                            accept(answer(20, 10, 90L));
                    case IN_A_LATER_DAY -> accept(answer(20, 10, 50L));
                    case IN_A_DAY_THAT_IS_OVER, DAY_OF_NOTHING -> accept(answer(20, 10, 100L));
                    case DELETED, DELETED_IN_A_LATER_DAY -> accept(answer(20, 10, null));
                };
        assertThat(UsageDecider.decide(situation.state, told(refund(20), USAGE, before)))
                .isEqualTo(expected);
        assertThat(UsageDecider.decide(situation.state, told(refund(19), USAGE, before)))
                .isEqualTo(
                        situation == Situation.UNBORN
                                ? unknown()
                                : refuse(
                                        Refusal.REFUND_CONFLICT,
                                        "The usage u1 was refunded before with amount 20."));
    }

    /** A refund looks for itself first: its position answers a repetition. */
    @Test
    void aRefundRecallsItselfThenItsUsage() {
        assertThat(refund(1).recalls())
                .containsExactly(OnceKey.ofRefund(TOKEN, "u1"), OnceKey.ofUsage(TOKEN, "u1"));
    }

    /** Usage of the running period makes room under the model's limit, and under the token's. */
    @Test
    void aRefundMakesRoomForTheModel() {
        TokenState state =
                Histories.after(
                        created(limit(30L)),
                        new ModelQuotasChanged(List.of(new ModelQuota("gpt-4o", 30))),
                        USAGE,
                        new QuotaExhausted(30, 30));
        RefundUsage refund =
                refund(20)
                        .knowing(
                                Map.of(
                                        OnceKey.ofUsage(TOKEN, "u1"),
                                        new RecordedFact(TOKEN, 2, USAGE)));
        TokenState after = TokenState.evolve(state, refunded(20, true, 10), 4);
        assertThat(UsageDecider.decide(state, refund))
                .isEqualTo(accept(answer(20, 10, 20L), refunded(20, true, 10)));
        assertThat(((TokenState.Live) after).quota())
                .isEqualTo(
                        new Quota(
                                30L,
                                null,
                                null,
                                0,
                                10,
                                false,
                                List.of(new Quota.ModelCount("gpt-4o", 30, 10, false))));
    }

    /** A period begins by itself once the last is over, where there is anything to begin anew. */
    @ParameterizedTest
    @EnumSource
    void aPeriodBeginsWhereTheLastOneWasUsed(Situation situation) {
        Decision<Done> expected =
                switch (situation) {
                    case UNBORN -> unknown();
                    case IN_A_DAY_THAT_IS_OVER ->
                            accept(
                                    new Done(TOKEN),
                                    new QuotaPeriodStarted(
                                            Instant.parse("2026-07-01T00:00:00Z"),
                                            Instant.parse("2026-07-02T00:00:00Z"),
                                            80));
                    case LIMITED_TO_100,
                            EXHAUSTED,
                            DISABLED,
                            IN_A_LATER_DAY,
                            DAY_OF_NOTHING,
                            WITHOUT_DAYS_AGAIN,
                            DELETED,
                            DELETED_IN_A_LATER_DAY ->
                            accept(new Done(TOKEN));
                };
        assertThat(UsageDecider.decide(situation.state, new StartQuotaPeriod(TOKEN, CONTEXT)))
                .isEqualTo(expected);
    }

    private static RefundUsage refund(long amount) {
        return new RefundUsage(TOKEN, "u1", amount, "mistake", CONTEXT);
    }

    private static RefundUsage told(
            RefundUsage refund, QuotaConsumed usage, @Nullable QuotaRefunded earlier) {
        Map<OnceKey, RecordedFact> facts = new HashMap<>();
        facts.put(OnceKey.ofUsage(TOKEN, "u1"), new RecordedFact(TOKEN, SEQUENCE, usage));
        if (earlier != null) {
            facts.put(OnceKey.ofRefund(TOKEN, "u1"), new RecordedFact(TOKEN, 2, earlier));
        }
        return refund.knowing(facts);
    }

    private static QuotaRefunded refunded(long amount, boolean currentPeriod, long total) {
        return new QuotaRefunded("u1", amount, "gpt-4o", "mistake", currentPeriod, total);
    }

    private static Refund answer(long amount, long total, @Nullable Long remaining) {
        return new Refund(TOKEN, "u1", amount, total, remaining);
    }

    private static <A> Decision<A> unknown() {
        return refuse(Refusal.TOKEN_NOT_FOUND, "There is no token " + TOKEN + ".");
    }
}
