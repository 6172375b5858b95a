package com.tokaify.ledger.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LoadTest {
    private static final Duration SHORT = Duration.ofMillis(100);

    /**
     * Every call is told of, those outside the window too, but only those inside are in the rate.
     */
    @Test
    void countsAllCallsAndMeasuresThoseInTheWindow() throws Exception {
        AtomicLong done = new AtomicLong();
        Caller caller =
                () -> {
                    done.addAndGet(10);
                    return 10;
                };
        Load load = new Load(List.of(caller, caller));
        Measurement measurement = load.run(SHORT, SHORT);
        assertThat(measurement.acknowledged()).isEqualTo(done.get());
        assertThat(measurement.items()).isPositive().isLessThan(done.get());
        assertThat(measurement.latencies().getTotalCount()).isEqualTo(measurement.items() / 10);
        assertThat(measurement.seconds()).isGreaterThanOrEqualTo(0.1);
    }

    /** A call that fails ends the measurement at once and is not taken for a fast one. */
    @Test
    void failsWhereACallFails() {
        Caller failing =
                () -> {
                    throw new IOException("refused");
                };
        Load load = new Load(List.of(() -> 1, failing));
        assertThatThrownBy(() -> load.run(SHORT, SHORT))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("refused");
    }
}
