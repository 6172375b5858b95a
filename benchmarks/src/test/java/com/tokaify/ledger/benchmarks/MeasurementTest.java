package com.tokaify.ledger.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class MeasurementTest {
    /** What a JVM of its own has measured reaches the report whole. */
    @Test
    void goesThroughALineOfText() {
        Histogram latencies = Load.histogram();
        latencies.recordValueWithCount(250, 99);
        latencies.recordValue(70_000_000);
        Measurement measured = new Measurement(100, 120, 2.0, 0.375, latencies);
        assertThat(Measurement.parse(measured.line())).isEqualTo(measured);
    }
}
