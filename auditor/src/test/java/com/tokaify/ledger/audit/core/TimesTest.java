package com.tokaify.ledger.audit.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Times are part of what is hashed: they are written in one way, whoever writes them. */
class TimesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1970-01-01T00:00:00Z",
                "2026-11-30T08:00:00.000001Z",
                "2026-11-30T08:00:00.001Z",
                "2026-11-30T08:00:00.120Z",
                "2026-11-30T08:00:00.123400Z",
                "1969-12-31T23:59:59.999999Z",
                "2024-02-29T23:59:59Z",
                "0000-01-01T00:00:00Z",
                "9999-12-31T23:59:59.999999Z",
                "+10000-01-01T00:00:00Z",
                "-0001-12-31T23:59:59.500Z"
            })
    void timesAreWrittenAsInstantsWriteThemselves(String text) {
        Instant instant = Instant.parse(text);
        long micros = ChronoUnit.MICROS.between(Instant.EPOCH, instant);

        assertThat(Times.text(micros)).isEqualTo(instant.toString()).isEqualTo(text);
        assertThat(Times.parse(text)).isEqualTo(instant);
    }

    @Test
    void whatIsNoTimeIsRefused() {
        assertThatThrownBy(() -> Times.parse("yesterday"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no time: yesterday");
    }
}
