package com.tokaify.ledger.query.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.tokaify.ledger.events.InvalidField;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Hours and days of the world's clocks. */
class BucketsTest {

    /** A range is told in whole buckets: that of its first instant to that of its last. */
    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
                    DAY,  UTC,              2026-11-23T00:00:00Z, 2026-11-24T00:00:00Z, 1, 2026-11-23T00:00:00Z, 2026-11-24T00:00:00Z
                    DAY,  UTC,              2026-11-23T23:59:59Z, 2026-11-24T00:00:01Z, 2, 2026-11-23T00:00:00Z, 2026-11-25T00:00:00Z
                    DAY,  Asia/Shanghai,    2026-11-23T15:59:59Z, 2026-11-23T16:00:00Z, 1, 2026-11-22T16:00:00Z, 2026-11-23T16:00:00Z
                    DAY,  Asia/Kathmandu,   2026-11-23T12:00:00Z, 2026-11-23T18:15:00Z, 1, 2026-11-22T18:15:00Z, 2026-11-23T18:15:00Z
                    DAY,  Europe/Berlin,    2026-03-28T23:00:00Z, 2026-03-29T22:00:00Z, 1, 2026-03-28T23:00:00Z, 2026-03-29T22:00:00Z
                    DAY,  Europe/Berlin,    2026-10-24T22:00:00Z, 2026-10-25T23:00:00Z, 1, 2026-10-24T22:00:00Z, 2026-10-25T23:00:00Z
                    HOUR, UTC,              2026-11-23T08:59:59Z, 2026-11-23T09:00:01Z, 2, 2026-11-23T08:00:00Z, 2026-11-23T10:00:00Z
                    HOUR, Asia/Kolkata,     2026-11-23T08:15:00Z, 2026-11-23T08:45:00Z, 2, 2026-11-23T07:30:00Z, 2026-11-23T09:30:00Z
                    HOUR, Europe/Berlin,    2026-10-25T00:00:00Z, 2026-10-25T02:00:00Z, 2, 2026-10-25T00:00:00Z, 2026-10-25T02:00:00Z
                    """)
    void coversTheRangeWithWholeBuckets(
            Buckets.Size size,
            String zone,
            Instant from,
            Instant to,
            int count,
            Instant first,
            Instant end) {
        Buckets buckets = Buckets.of(size, ZoneId.of(zone), from, to, 10);

        assertThat(buckets.starts()).hasSize(count).isSorted();
        assertThat(buckets.from()).isEqualTo(first);
        assertThat(buckets.to()).isEqualTo(end);
        for (int i = 0; i < count; i++) {
            assertThat(buckets.endOf(i))
                    .isEqualTo(i + 1 < count ? buckets.starts().get(i + 1) : buckets.to());
        }
    }

    /**
     * Usage is kept by quarters of an hour, and that is enough: from this ledger's first year on,
     * every day of every zone begins with one.
     */
    @Test
    void everyZonesDaysBeginWithAQuarter() {
        Instant from = Instant.parse("2026-01-01T00:00:00Z");
        Instant to = from.plus(Duration.ofDays(3 * 365));
        for (String zone : ZoneId.getAvailableZoneIds()) {
            assertThat(Buckets.of(Buckets.Size.DAY, ZoneId.of(zone), from, to, 2000).starts())
                    .as(zone)
                    .allMatch(start -> Quarters.startOf(start).equals(start));
        }
    }

    /** A quarter begins at its first instant, before 1970 as well. */
    @Test
    void aQuarterBeginsAtItsFirstInstant() {
        Instant quarter = Instant.parse("2026-11-23T08:45:00Z");
        assertThat(IntStream.of(0, 1, 899).mapToObj(quarter::plusSeconds).map(Quarters::startOf))
                .containsOnly(quarter);
        assertThat(Quarters.startOf(Instant.ofEpochSecond(-1)))
                .isEqualTo(Instant.ofEpochSecond(-900));
        assertThat(Quarters.after(quarter)).isEqualTo(quarter.plusSeconds(900));
    }

    /** Nothing, or more than anybody can look at, is refused by name. */
    @Test
    void refusesEmptyAndEndlessRanges() {
        Instant now = Instant.parse("2026-11-23T08:00:00Z");
        ZoneId utc = ZoneId.of("UTC");

        assertThatExceptionOfType(InvalidField.class)
                .isThrownBy(() -> Buckets.of(Buckets.Size.DAY, utc, now, now, 10))
                .satisfies(e -> assertThat(e.field()).isEqualTo("to"))
                .satisfies(e -> assertThat(e.rule()).isEqualTo("must be after from"));
        assertThatExceptionOfType(InvalidField.class)
                .isThrownBy(() ->
                        Buckets.of(Buckets.Size.HOUR, utc, now, now.plus(Duration.ofHours(11)), 10))
                .satisfies(e -> assertThat(e.field()).isEqualTo("to"))
                .satisfies(
                        e -> assertThat(e.rule()).isEqualTo("must be at most 10 hours after from"));
    }
}
