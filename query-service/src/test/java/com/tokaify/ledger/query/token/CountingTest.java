package com.tokaify.ledger.query.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.tokaify.ledger.events.ModelQuota;
import com.tokaify.ledger.events.QuotaPeriod;
import com.tokaify.ledger.events.TokenEvent.QuotaConsumed;
import com.tokaify.ledger.events.TokenEvent.QuotaPeriodStarted;
import com.tokaify.ledger.events.TokenEvent.QuotaRefunded;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What counts under limits, event by event. */
class CountingTest {
    private static final QuotaPeriod DAILY = new QuotaPeriod(QuotaPeriod.Every.DAY, "UTC");
    private static final QuotaPeriod WEEKLY = new QuotaPeriod(QuotaPeriod.Every.WEEK, "UTC");
    private static final Instant START = Instant.parse("2026-11-23T00:00:00Z");
    private static final Instant END = Instant.parse("2026-11-24T00:00:00Z");
    private static final Counting OF_MODELS =
            Counting.PLAIN.limiting(List.of(new ModelQuota("a", 10), new ModelQuota("b", 10)));

    /** A rhythm alone counts nothing anew; the period that is begun after it does. */
    @Test
    void aPeriodCountsFromWhereItWasBegun() {
        Counting chosen = Counting.PLAIN.every(DAILY);
        assertThat(chosen).isEqualTo(new Counting(DAILY, null, 0, List.of()));

        Counting begun = chosen.begun(started(30));
        assertThat(begun).isEqualTo(new Counting(DAILY, END, 30, List.of()));
        assertThat(begun.every(WEEKLY)).isEqualTo(new Counting(WEEKLY, END, 30, List.of()));
        assertThat(begun.every(null)).isEqualTo(Counting.PLAIN);
    }

    /** A refund lowers what counts only where its usage does. */
    @Test
    void aRefundOfAnEarlierPeriodLeavesWhatCounts() {
        Counting begun = OF_MODELS.every(DAILY).begun(started(30)).after(consumed("a", 5));

        assertThat(begun.after(refunded("a", 2, true)))
                .isEqualTo(new Counting(DAILY, END, 30, uses(3, 0)));
        assertThat(begun.after(refunded("a", 20, false)))
                .as("the total shrinks by 20 and what counts stays")
                .isEqualTo(new Counting(DAILY, END, 10, uses(5, 0)));
    }

    /** A model counts from when it is given a limit, for as long as it keeps one. */
    @Test
    void aModelCountsWhileItKeepsALimit() {
        Counting used = OF_MODELS.after(consumed("a", 4)).after(consumed("c", 5));
        assertThat(used.models()).isEqualTo(uses(4, 0));

        Counting changed = used.limiting(List.of(new ModelQuota("c", 10), new ModelQuota("a", 20)));
        assertThat(changed.models())
                .containsExactly(new ModelUse("c", 10, 0), new ModelUse("a", 20, 4));
        assertThat(changed.limiting(null).limiting(List.of(new ModelQuota("a", 20))).models())
                .as("what lost its limit was forgotten")
                .containsExactly(new ModelUse("a", 20, 0));
    }

    /** What is given back may be from before the limit; less than nothing was never consumed. */
    @Test
    void aModelNeverCountsBelowZero() {
        assertThat(OF_MODELS.after(consumed("a", 4)).after(refunded("a", 5, true)).models())
                .isEqualTo(uses(0, 0));
        assertThat(OF_MODELS.after(refunded(null, 5, true))).isEqualTo(OF_MODELS);
    }

    /** With a token's period those of its models begin anew. */
    @Test
    void aPeriodIsThatOfTheModelsToo() {
        Counting used = OF_MODELS.after(consumed("a", 4)).after(consumed("b", 3)).every(DAILY);
        assertThat(used.models()).isEqualTo(uses(4, 3));

        assertThat(used.begun(started(7)).models()).isEqualTo(uses(0, 0));
    }

    private static List<ModelUse> uses(long ofA, long ofB) {
        return List.of(new ModelUse("a", 10, ofA), new ModelUse("b", 10, ofB));
    }

    private static QuotaPeriodStarted started(long totalBefore) {
        return new QuotaPeriodStarted(START, END, totalBefore);
    }

    private static QuotaConsumed consumed(String model, long amount) {
        return new QuotaConsumed("u", amount, model, amount, false);
    }

    private static QuotaRefunded refunded(
            @Nullable String model, long amount, boolean currentPeriod) {
        return new QuotaRefunded("u", amount, model, "error", currentPeriod, 0);
    }
}
