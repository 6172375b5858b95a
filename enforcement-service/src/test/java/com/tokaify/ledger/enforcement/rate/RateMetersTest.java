package com.tokaify.ledger.enforcement.rate;

import static org.assertj.core.api.Assertions.assertThat;

import com.tokaify.ledger.enforcement.TestLedger;
import com.tokaify.ledger.events.RateLimits;
import com.tokaify.ledger.events.id.TokenId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RateMetersTest {
    private static final TokenId TOKEN = TestLedger.token(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration NANO = Duration.ofNanos(1);

    private final AtomicLong nanos = new AtomicLong();
    private final RateMeters meters = new RateMeters(nanos::get);

    /** Who has rested may use the whole minute's worth at once, and not one call more. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 7, 60, 61, 999})
    void theWholeMinuteFitsAtOnceAndNoMore(long limit) {
        assertThat(taken(requests(limit), 1)).isEqualTo(limit);
    }

    /** Room comes back at the limit's pace: at the very instant, and not a nanosecond earlier. */
    @Test
    void roomComesBackAtTheVeryInstant() {
        RateLimits limits = requests(60L);
        assertThat(taken(limits, 1)).isEqualTo(60);

        pass(Duration.ofSeconds(1).minus(NANO));
        assertThat(take(limits, 1)).isEqualTo(new RateAnswer.Later(1));
        pass(NANO);
        assertThat(take(limits, 1)).isEqualTo(new RateAnswer.Fits());
        assertThat(take(limits, 1)).isEqualTo(new RateAnswer.Later(1));
    }

    /** Also where the pace is no whole number of microseconds: three sevenths of a minute. */
    @Test
    void roomComesBackToTheNanosecond() {
        RateLimits limits = new RateLimits(null, 7L);
        assertThat(take(limits, 7)).isEqualTo(new RateAnswer.Fits());

        pass(Duration.ofNanos(25_714_285_713L));
        assertThat(take(limits, 3)).isEqualTo(new RateAnswer.Later(1));
        pass(NANO);
        assertThat(take(limits, 3)).isEqualTo(new RateAnswer.Fits());
    }

    /** Who is told when to come back gets through then, and did not before. */
    @ParameterizedTest
    @CsvSource({"1, 60", "2, 30", "7, 9", "120, 1", "1000, 1"})
    void retryAfterIsTheFirstWholeSecondThatFits(long limit, long seconds) {
        RateLimits limits = requests(limit);
        taken(limits, 1);
        assertThat(take(limits, 1)).isEqualTo(new RateAnswer.Later(seconds));

        pass(Duration.ofSeconds(seconds));
        assertThat(take(limits, 1)).isEqualTo(new RateAnswer.Fits());
    }

    /**
     * After a minute's rest everything is as at the beginning, and resting longer gives no more.
     */
    @ParameterizedTest
    @ValueSource(longs = {60, 61, 86_400, 40_000_000})
    void restingGivesTheMinuteBackAndNoMore(long seconds) {
        RateLimits limits = requests(5L);
        assertThat(taken(limits, 1)).isEqualTo(5);
        pass(Duration.ofSeconds(seconds));
        assertThat(taken(limits, 1)).isEqualTo(5);
    }

    /** Units are charged as many as the call says. */
    @Test
    void unitsAreChargedByTheAmount() {
        RateLimits limits = units(100L);
        assertThat(take(limits, 60)).isEqualTo(new RateAnswer.Fits());
        assertThat(take(limits, 41)).isEqualTo(new RateAnswer.Later(1));
        assertThat(take(limits, 40)).isEqualTo(new RateAnswer.Fits());
        assertThat(take(limits, 50)).isEqualTo(new RateAnswer.Later(30));

        pass(Duration.ofSeconds(30));
        assertThat(take(limits, 50)).isEqualTo(new RateAnswer.Fits());
        assertThat(take(limits, 1)).isEqualTo(new RateAnswer.Later(1));
    }

    /** What is more than a minute may hold is told apart: waiting does not help. */
    @Test
    void whatIsMoreThanAMinuteMayHoldNeverFits() {
        RateLimits limits = units(100L);
        assertThat(take(limits, 101)).isEqualTo(new RateAnswer.Never());
        assertThat(take(limits, Long.MAX_VALUE)).isEqualTo(new RateAnswer.Never());
        assertThat(take(limits, 100)).as("nothing was charged").isEqualTo(new RateAnswer.Fits());
    }

    /** The largest limits there may be are reckoned without an overflow. */
    @Test
    void theLargestLimitsAreReckonedExactly() {
        RateLimits limits =
                new RateLimits(RateLimits.MAX_REQUESTS_PER_MINUTE, RateLimits.MAX_UNITS_PER_MINUTE);
        long half = RateLimits.MAX_UNITS_PER_MINUTE / 2;
        assertThat(take(limits, half)).isEqualTo(new RateAnswer.Fits());
        assertThat(take(limits, half)).isEqualTo(new RateAnswer.Fits());
        assertThat(take(limits, half)).isEqualTo(new RateAnswer.Later(30));
    }

    /** A call that one limit refuses uses nothing of the other. */
    @Test
    void bothLimitsAreChargedOrNeither() {
        RateLimits limits = new RateLimits(2L, 100L);
        assertThat(take(limits, 100)).isEqualTo(new RateAnswer.Fits());
        for (int i = 0; i < 10; i++) {
            assertThat(take(limits, 50)).isEqualTo(new RateAnswer.Later(30));
        }
        pass(Duration.ofSeconds(30));
        assertThat(take(limits, 50)).isEqualTo(new RateAnswer.Fits());
        assertThat(take(limits, 1)).isEqualTo(new RateAnswer.Later(1));
    }

    /** Another limit holds from the next call on, with what was used before still used. */
    @Test
    void anotherLimitHoldsAtOnce() {
        assertThat(taken(requests(2L), 1)).isEqualTo(2);
        assertThat(take(requests(4L), 1)).isEqualTo(new RateAnswer.Later(15));
        assertThat(take(null, 1)).isEqualTo(new RateAnswer.Fits());
    }

    /** Looking charges nothing and says what taking would. */
    @Test
    void lookingChargesNothing() {
        RateLimits limits = new RateLimits(1L, 10L);
        for (int i = 0; i < 5; i++) {
            assertThat(meters.look(TOKEN, limits, 1)).isEqualTo(new RateAnswer.Fits());
        }
        assertThat(meters.look(TOKEN, limits, 11)).isEqualTo(new RateAnswer.Never());
        assertThat(meters.look(TOKEN, null, 11)).isEqualTo(new RateAnswer.Fits());
        assertThat(meters.size()).isZero();
        assertThat(take(limits, 1)).isEqualTo(new RateAnswer.Fits());
        assertThat(meters.look(TOKEN, limits, 1)).isEqualTo(new RateAnswer.Later(60));
    }

    /** The clock is one that runs forward from anywhere, over the largest number too. */
    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, -1, 0, Long.MAX_VALUE - 1})
    void theClockMayBeginAnywhere(long begin) {
        nanos.set(begin);
        RateLimits limits = requests(3L);
        assertThat(taken(limits, 1)).isEqualTo(3);
        pass(Duration.ofSeconds(20));
        assertThat(taken(limits, 1)).isEqualTo(1);
        pass(MINUTE);
        assertThat(taken(limits, 1)).isEqualTo(3);
    }

    /** A token's use is no other token's. */
    @Test
    void tokensAreMeteredEachByItself() {
        RateLimits limits = requests(1L);
        assertThat(take(limits, 1)).isEqualTo(new RateAnswer.Fits());
        assertThat(meters.take(TestLedger.token(2), limits, 1)).isEqualTo(new RateAnswer.Fits());
        assertThat(take(limits, 1)).isEqualTo(new RateAnswer.Later(60));
    }

    /** A million tokens used one after the other are not a million in memory. */
    @Test
    void tokensThatRestAreForgotten() {
        RateLimits limits = requests(60L);
        int most = 0;
        for (int i = 0; i < 100_000; i++) {
            meters.take(TestLedger.token(i), limits, 1);
            most = Math.max(most, meters.size());
            pass(Duration.ofMillis(10));
        }
        assertThat(most).isLessThanOrEqualTo(RateMeters.FEW + 1);
    }

    /** What a token still has to work off is never forgotten, however many come. */
    @Test
    void tokensInUseAreNotForgotten() {
        RateLimits limits = requests(1L);
        int count = 3 * RateMeters.FEW;
        for (int i = 0; i < count; i++) {
            assertThat(meters.take(TestLedger.token(i), limits, 1))
                    .isEqualTo(new RateAnswer.Fits());
        }
        for (int i = 0; i < count; i++) {
            assertThat(meters.take(TestLedger.token(i), limits, 1))
                    .isEqualTo(new RateAnswer.Later(60));
        }
    }

    /** Nor are units, where nobody counts calls. */
    @Test
    void tokensWhoseUnitsAreInUseAreNotForgotten() {
        RateLimits limits = new RateLimits(null, 5L);
        int count = 3 * RateMeters.FEW;
        for (int i = 0; i < count; i++) {
            assertThat(meters.take(TestLedger.token(i), limits, 5))
                    .isEqualTo(new RateAnswer.Fits());
        }
        for (int i = 0; i < count; i++) {
            assertThat(meters.take(TestLedger.token(i), limits, 5))
                    .isEqualTo(new RateAnswer.Later(60));
        }
    }

    /**
     * However many threads ask at once, never more are allowed than the limit, also while meters
     * are thrown away and made anew around them.
     */
    @Test
    void threadsTogetherGetNoMoreThanTheLimit() throws Exception {
        RateLimits limits = new RateLimits(10_000L, 20_000L);
        int threads = 8;
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            List<Future<Integer>> allowed = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                int own = thread;
                allowed.add(pool.submit(() -> takeAndDisturb(limits, own)));
            }
            int sum = 0;
            for (Future<Integer> one : allowed) {
                sum += one.get();
            }
            assertThat(sum).isEqualTo(10_000);
        }
    }

    /** Between calls to the one token, others come and go. */
    private int takeAndDisturb(RateLimits limits, int thread) {
        int fits = 0;
        for (int i = 0; i < 5_000; i++) {
            fits += meters.take(TOKEN, limits, 2).fits() ? 1 : 0;
            meters.take(TestLedger.token(1_000_000L * (thread + 1) + i), requests(1L), 1);
        }
        return fits;
    }

    private RateAnswer take(@Nullable RateLimits limits, long units) {
        return meters.take(TOKEN, limits, units);
    }

    /** How many calls fit at this instant. */
    private long taken(RateLimits limits, long units) {
        return IntStream.range(0, 2_000).filter(_ -> take(limits, units).fits()).count();
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    private static RateLimits requests(long limit) {
        return new RateLimits(limit, null);
    }

    private static RateLimits units(long limit) {
        return new RateLimits(null, limit);
    }
}
