package com.tokaify.ledger.service.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class TracingSettingsTest {

    /** Without a collector there is nothing to trace for. */
    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " "})
    void nothingIsTracedWithoutACollector(@Nullable String endpoint) {
        assertThat(new TracingSettings(endpoint, 0.01).endpoint()).isNull();
        assertThat(Tracing.OFF.isOn()).isFalse();
    }

    /** What is no address is told by the variable that has it, at the start. */
    @ParameterizedTest
    @ValueSource(
            strings = {"collector:4318", "ftp://collector", "http://", "grpc://collector:4317"})
    void anEndpointIsAnAddress(String endpoint) {
        assertThatThrownBy(() -> new TracingSettings(endpoint, 0.01))
                .hasMessageContaining("LEDGER_OTLP_ENDPOINT");
    }

    @Test
    void aSampleIsAPart() {
        assertThat(new TracingSettings("http://collector:4318", 1).sample()).isEqualTo(1);
        for (double sample : new double[] {-0.1, 1.1, Double.NaN}) {
            assertThatThrownBy(() -> new TracingSettings(null, sample))
                    .hasMessageContaining("LEDGER_TRACING_SAMPLE");
        }
    }
}
