package com.tokaify.ledger.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RoadOrderTest {
    /** A JVM of its own measures what it was asked to. */
    @Test
    void goesThroughALineOfText() {
        RoadOrder order =
                new RoadOrder(
                        Skew.HOT_TOKEN, 256, 1, Duration.ofMillis(200), Duration.ofSeconds(2));
        assertThat(RoadOrder.parse(order.toString())).isEqualTo(order);
    }
}
