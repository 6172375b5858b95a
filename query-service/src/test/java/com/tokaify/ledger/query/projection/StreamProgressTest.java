package com.tokaify.ledger.query.projection;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** How old a view is, how far behind, and how fast. */
class StreamProgressTest {
    private long nanos = 7;
    private final StreamProgress progress = new StreamProgress(2, () -> nanos);

    /** A view that never came to an end of the stream has no age. */
    @Test
    void hasNoAgeBeforeItHasCaughtUp() {
        progress.ended(nanos, Map.of(0, 10L, 1, 0L));
        progress.reached(Map.of(0, 9L));

        assertThat(progress.age()).isEmpty();
        assertThat(progress.lag()).isEqualTo(1);
    }

    /** A view is as old as the question after the ends that it has reached, not as the answer. */
    @Test
    void isAsOldAsTheQuestionItHasReached() {
        long asked = nanos;
        pass(2);
        progress.ended(asked, Map.of(0, 10L, 1, 5L));
        pass(3);
        progress.reached(Map.of(0, 10L, 1, 5L));

        assertThat(progress.age()).contains(Duration.ofSeconds(5));
        assertThat(progress.lag()).isZero();
    }

    /** A stream that never stands still does not keep a view from being young. */
    @Test
    void isYoungAlsoWhereTheStreamNeverStandsStill() {
        progress.ended(nanos, Map.of(0, 10L, 1, 0L));
        pass(1);
        progress.ended(nanos, Map.of(0, 20L, 1, 0L));
        progress.reached(Map.of(0, 15L));

        assertThat(progress.age()).contains(Duration.ofSeconds(1));
        assertThat(progress.lag()).isEqualTo(5);
    }

    /** Brokers that are silent, and a partition that moves no more, make the view grow older. */
    @Test
    void growsOlderWhileOnePartitionIsBehind() {
        progress.ended(nanos, Map.of(0, 0L, 1, 0L));
        pass(4);
        progress.ended(nanos, Map.of(0, 10L, 1, 3L));
        progress.reached(Map.of(0, 10L));
        pass(4);
        progress.ended(nanos, Map.of(0, 12L, 1, 3L));
        progress.reached(Map.of(0, 12L));

        assertThat(progress.age()).contains(Duration.ofSeconds(8));
    }

    /** Rates are of the last seconds, not of all the time. */
    @Test
    void tellsTheRatesOfTheLastSeconds() {
        for (int second = 1; second <= 100; second++) {
            pass(1);
            progress.applied(second <= 50 ? 0 : 30, 2_000);
            progress.reached(Map.of(0, second * 40L));
            progress.ended(nanos, Map.of(0, 8000L, 1, 0L));
        }

        StreamProgress.Reading reading = progress.read();
        assertThat(reading.events()).isEqualTo(1500);
        assertThat(reading.batches()).isEqualTo(100);
        assertThat(reading.batchNanos()).isEqualTo(200_000);
        assertThat(reading.eventsPerSecond()).isEqualTo(30);
        assertThat(reading.recordsPerSecond()).isEqualTo(40);
        assertThat(reading.share()).isEqualTo(0.5);
    }

    private void pass(long seconds) {
        nanos += TimeUnit.SECONDS.toNanos(seconds);
    }
}
