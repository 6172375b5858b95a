package com.tokaify.ledger.enforcement.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LatestDelaysTest {
    private final LatestDelays delays = new LatestDelays(100);

    @Test
    void nothingIsSaidOfNone() {
        assertThat(delays.summary()).isNull();
    }

    @Test
    void oneIsAllThereIs() {
        add(LongStream.of(7));
        assertThat(delays.summary()).isEqualTo(new DelaySummary(1, 7, 7, 7));
    }

    /** Nearest rank: of 1 to 100 half are at most 50, and 99 at most 99. */
    @Test
    void percentilesAreDelaysThatWere() {
        add(LongStream.rangeClosed(1, 100).map(i -> 101 - i));
        assertThat(delays.summary()).isEqualTo(new DelaySummary(100, 50, 99, 100));
    }

    /** What is older than the latest hundred is forgotten, the slowest of all too. */
    @Test
    void onlyTheLatestCount() {
        add(LongStream.of(9_000));
        add(LongStream.rangeClosed(1, 100));
        assertThat(delays.summary()).isEqualTo(new DelaySummary(100, 50, 99, 100));
    }

    private void add(LongStream millis) {
        millis.mapToObj(Duration::ofMillis).forEach(delays::add);
    }
}
