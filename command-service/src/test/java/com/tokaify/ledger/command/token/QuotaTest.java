package com.tokaify.ledger.command.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.tokaify.ledger.command.token.Quota.ModelCount;
import com.tokaify.ledger.events.ModelQuota;
import com.tokaify.ledger.events.QuotaPeriod;
import com.tokaify.ledger.events.QuotaPeriod.Every;
import com.tokaify.ledger.events.TokenEvent.ModelQuotaExhausted;
import com.tokaify.ledger.events.TokenEvent.QuotaConsumed;
import com.tokaify.ledger.events.TokenEvent.QuotaExhausted;
import com.tokaify.ledger.events.TokenEvent.QuotaPeriodStarted;
import com.tokaify.ledger.events.TokenEvent.QuotaRefunded;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What counts under which limit, and when the ledger has something to say about it. */
class QuotaTest {
    private static final QuotaPeriod DAILY = new QuotaPeriod(Every.DAY, "UTC");
    private static final Instant TODAY = Instant.parse("2026-11-25T00:00:00Z");
    private static final Instant TOMORROW = Instant.parse("2026-11-26T00:00:00Z");
    private static final QuotaPeriodStarted STARTED = new QuotaPeriodStarted(TODAY, TOMORROW, 60);

    private static Quota consumed(Quota quota, @Nullable String model, long amount) {
        return quota.consumed(new QuotaConsumed("u", amount, model, quota.total() + amount, false));
    }

    private static Quota refunded(
            Quota quota, @Nullable String model, long amount, boolean currentPeriod) {
        return quota.refunded(
                new QuotaRefunded(
                        "u", amount, model, "mistake", currentPeriod, quota.total() - amount));
    }

    private static Quota saidEverything(Quota quota) {
        Quota said = quota.saidExhausted();
        for (ModelCount each : quota.models()) {
            said = said.saidExhausted(each.model());
        }
        return said;
    }

    /** Without periods the token's whole life counts. */
    @Test
    void everythingCountsWithoutPeriods() {
        Quota quota = consumed(consumed(Quota.of(100L), null, 40), "a", 20);
        assertThat(quota.counted()).isEqualTo(60);
        assertThat(quota.remaining()).isEqualTo(40);
        assertThat(Quota.of(null).remaining()).isNull();
    }

    /** A period begins at zero, and what it leaves is never negative. */
    @Test
    void onlyTheRunningPeriodCounts() {
        Quota quota = consumed(Quota.of(100L), null, 60).every(DAILY);
        assertThat(quota.counted()).as("nothing was begun yet").isEqualTo(60);
        quota = quota.started(STARTED);
        assertThat(quota.counted()).isZero();
        quota = consumed(quota, null, 130);
        assertThat(quota.counted()).isEqualTo(130);
        assertThat(quota.total()).isEqualTo(190);
        assertThat(quota.remaining()).isZero();
        assertThat(quota.every(null)).isEqualTo(consumed(Quota.of(100L), null, 190));
    }

    /** What is given back of the running period counts less; of an earlier one, it counted not. */
    @Test
    void aRefundCountsWhereItsUsageCounts() {
        Quota quota =
                consumed(
                        consumed(Quota.of(100L), null, 60).every(DAILY).started(STARTED), null, 30);
        Quota ofToday = refunded(quota, null, 10, true);
        assertThat(ofToday.counted()).isEqualTo(20);
        assertThat(ofToday.total()).isEqualTo(80);
        Quota ofYesterday = refunded(quota, null, 10, false);
        assertThat(ofYesterday.counted()).isEqualTo(30);
        assertThat(ofYesterday.total()).isEqualTo(80);
    }

    /** A model counts from when it gets a limit, while it keeps one. */
    @Test
    void aModelCountsFromWhenItWasLimited() {
        Quota quota = consumed(Quota.of(null), "a", 5);
        quota = quota.limitingModels(List.of(new ModelQuota("a", 10), new ModelQuota("b", 20)));
        quota = consumed(consumed(consumed(quota, "a", 4), "b", 6), "c", 50);
        quota = consumed(quota, null, 1);
        assertThat(quota.models())
                .containsExactly(
                        new ModelCount("a", 10, 4, false), new ModelCount("b", 20, 6, false));
        assertThat(quota.remaining("a")).isEqualTo(6);
        assertThat(quota.remaining("c")).isNull();
        assertThat(quota.remaining((String) null)).isNull();

        quota = quota.limitingModels(List.of(new ModelQuota("c", 9), new ModelQuota("a", 3)));
        assertThat(quota.models())
                .containsExactly(
                        new ModelCount("c", 9, 0, false), new ModelCount("a", 3, 4, false));
        assertThat(quota.remaining("a")).isZero();
        assertThat(quota.modelQuotas())
                .containsExactly(new ModelQuota("c", 9), new ModelQuota("a", 3));

        quota = quota.limitingModels(null).limitingModels(List.of(new ModelQuota("a", 3)));
        assertThat(quota.models()).containsExactly(new ModelCount("a", 3, 0, false));
        assertThat(quota.limitingModels(null).modelQuotas()).isNull();
    }

    /** Models follow the token's periods: zero at a beginning, untouched by their end. */
    @Test
    void modelsCountInTheTokensPeriods() {
        Quota quota =
                consumed(Quota.of(null).limitingModels(List.of(new ModelQuota("a", 10))), "a", 4)
                        .every(DAILY);
        assertThat(quota.remaining("a")).isEqualTo(6);
        quota = quota.started(STARTED);
        assertThat(quota.remaining("a")).isEqualTo(10);
        quota = consumed(quota, "a", 7);
        assertThat(quota.every(null).remaining("a")).isEqualTo(3);
        assertThat(refunded(quota, "a", 2, true).remaining("a")).isEqualTo(5);
        assertThat(refunded(quota, "a", 2, false).remaining("a")).isEqualTo(3);
        assertThat(refunded(quota, "b", 2, true).remaining("a")).isEqualTo(3);
        assertThat(refunded(quota, null, 2, true).remaining("a")).isEqualTo(3);
        assertThat(refunded(quota, "a", 8, true).remaining("a"))
                .as("usage from before the model had a limit is given back")
                .isEqualTo(10);
    }

    /** Strict callers are asked both limits; the last unit of either fits. */
    @ParameterizedTest(name = "{0} of model {1}: {2}")
    @CsvSource({
        "40,  , false",
        "41,  , true",
        "40, b, false",
        "41, b, true",
        "6, a, false",
        "7, a, true"
    })
    void anAmountExceedsTheTokensLimitOrTheModels(long amount, String model, boolean exceeds) {
        Quota quota = consumed(Quota.of(100L), null, 56);
        quota = consumed(quota.limitingModels(List.of(new ModelQuota("a", 10))), "a", 4);
        assertThat(quota.isExceededBy(amount, model)).isEqualTo(exceeds);
    }

    /** Each limit that is reached is news once, until something is left under it again. */
    @Test
    void anEndIsSaidOnceUntilSomethingIsLeft() {
        Quota quota =
                consumed(
                        Quota.of(10L)
                                .limitingModels(
                                        List.of(new ModelQuota("a", 9), new ModelQuota("b", 0))),
                        "a",
                        8);
        assertThat(quota.unsaid()).containsExactly(new ModelQuotaExhausted("b", 0, 0));
        quota = consumed(quota, "a", 2);
        assertThat(quota.unsaid())
                .containsExactly(
                        new QuotaExhausted(10, 10),
                        new ModelQuotaExhausted("a", 10, 9),
                        new ModelQuotaExhausted("b", 0, 0));

        Quota said = saidEverything(quota);
        assertThat(said.unsaid()).isEmpty();
        assertThat(consumed(said, "a", 1).unsaid()).isEmpty();
        assertThat(said.limited(9L).unsaid()).isEmpty();

        assertThat(said.limited(11L).unsaid()).isEmpty();
        assertThat(said.limited(11L).limited(10L).unsaid())
                .containsExactly(new QuotaExhausted(10, 10));
        assertThat(consumed(refunded(said, "a", 2, true), "a", 2).unsaid())
                .containsExactly(new QuotaExhausted(10, 10), new ModelQuotaExhausted("a", 10, 9));
        Quota raised = said.limitingModels(List.of(new ModelQuota("a", 11)));
        assertThat(raised.unsaid()).isEmpty();
        assertThat(raised.limitingModels(List.of(new ModelQuota("a", 10))).unsaid())
                .containsExactly(new ModelQuotaExhausted("a", 10, 10));
        Quota begun = said.every(DAILY).started(new QuotaPeriodStarted(TODAY, TOMORROW, 10));
        assertThat(begun.unsaid()).as("a limit of zero was never anything else").isEmpty();
        assertThat(begun.every(null).unsaid()).containsExactly(new QuotaExhausted(10, 10));
    }

    /** A period is over at the very instant it ends, not a microsecond before. */
    @Test
    void thePeriodIsOverAtItsEnd() {
        Quota quota = consumed(Quota.of(100L), null, 60).every(DAILY);
        assertThat(quota.renewal(TOMORROW)).as("none was begun").isNull();
        assertThat(quota.start(DAILY, TODAY)).isEqualTo(STARTED);
        quota = consumed(quota.started(STARTED), null, 5);
        assertThat(quota.renewal(TOMORROW.minusNanos(1_000))).isNull();
        assertThat(quota.at(TOMORROW.minusNanos(1_000))).isEqualTo(quota);
        assertThat(quota.renewal(TOMORROW))
                .isEqualTo(
                        new QuotaPeriodStarted(
                                TOMORROW, Instant.parse("2026-11-27T00:00:00Z"), 65));
        assertThat(quota.at(TOMORROW).counted()).isZero();
        assertThat(quota.renewal(Instant.parse("2026-12-24T18:00:00Z")))
                .as("days without usage have no event")
                .isEqualTo(
                        new QuotaPeriodStarted(
                                Instant.parse("2026-12-24T00:00:00Z"),
                                Instant.parse("2026-12-25T00:00:00Z"),
                                65));
        assertThat(Quota.of(100L).renewal(TOMORROW)).isNull();
    }

    /** A clock that is set back never begins an older period. */
    @Test
    void aClockThatGoesBackBeginsNothing() {
        Quota quota = Quota.of(100L).every(DAILY).started(STARTED);
        assertThat(quota.renewal(TODAY.minusSeconds(1))).isNull();
        assertThat(quota.renewal(Instant.EPOCH)).isNull();
    }

    /** A day is as long as the clocks of the zone make it: 23 hours, 25 hours. */
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "2026-03-29T12:00:00Z, 2026-03-28T23:00:00Z, 2026-03-29T22:00:00Z, 2026-03-30T22:00:00Z",
        "2026-10-25T12:00:00Z, 2026-10-24T22:00:00Z, 2026-10-25T23:00:00Z, 2026-10-26T23:00:00Z"
    })
    void daysFollowTheClocksOfTheZone(Instant noon, Instant from, Instant to, Instant nextTo) {
        QuotaPeriod berlin = new QuotaPeriod(Every.DAY, "Europe/Berlin");
        Quota quota = consumed(Quota.of(100L), null, 60).every(berlin);
        QuotaPeriodStarted started = quota.start(berlin, noon);
        assertThat(started).isEqualTo(new QuotaPeriodStarted(from, to, 60));
        quota = quota.started(started);
        assertThat(quota.renewal(to.minusNanos(1_000))).isNull();
        assertThat(quota.renewal(to)).isEqualTo(new QuotaPeriodStarted(to, nextTo, 60));
    }
}
