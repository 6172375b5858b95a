package com.tokaify.ledger.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.tokaify.ledger.events.QuotaPeriod.Every;
import com.tokaify.ledger.events.QuotaPeriod.Span;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuotaPeriodTest {

    /**
     * Periods begin at midnight of the zone, also where a night has 23 or 25 hours or no midnight.
     */
    @ParameterizedTest(name = "{0} in {1} around {2}")
    @CsvSource({
        "DAY,   UTC,             2026-11-25T00:00:00Z,        2026-11-25T00:00:00Z, 2026-11-26T00:00:00Z",
        "DAY,   UTC,             2026-11-25T23:59:59.999999Z, 2026-11-25T00:00:00Z, 2026-11-26T00:00:00Z",
        "DAY,   Asia/Shanghai,   2026-11-25T15:59:59Z,        2026-11-24T16:00:00Z, 2026-11-25T16:00:00Z",
        "DAY,   Asia/Shanghai,   2026-11-25T16:00:00Z,        2026-11-25T16:00:00Z, 2026-11-26T16:00:00Z",
        "DAY,   Europe/Berlin,   2026-03-29T12:00:00Z,        2026-03-28T23:00:00Z, 2026-03-29T22:00:00Z",
        "DAY,   Europe/Berlin,   2026-10-25T12:00:00Z,        2026-10-24T22:00:00Z, 2026-10-25T23:00:00Z",
        "DAY,   America/Asuncion,2023-10-01T12:00:00Z,        2023-10-01T04:00:00Z, 2023-10-02T03:00:00Z",
        "WEEK,  UTC,             2026-11-25T12:00:00Z,        2026-11-23T00:00:00Z, 2026-11-30T00:00:00Z",
        "WEEK,  UTC,             2026-11-22T23:59:59Z,        2026-11-16T00:00:00Z, 2026-11-23T00:00:00Z",
        "WEEK,  UTC,             2027-01-01T00:00:00Z,        2026-12-28T00:00:00Z, 2027-01-04T00:00:00Z",
        "MONTH, UTC,             2026-02-28T12:00:00Z,        2026-02-01T00:00:00Z, 2026-03-01T00:00:00Z",
        "MONTH, UTC,             2028-02-29T12:00:00Z,        2028-02-01T00:00:00Z, 2028-03-01T00:00:00Z",
        "MONTH, America/New_York,2026-12-01T04:59:59Z,        2026-11-01T04:00:00Z, 2026-12-01T05:00:00Z"
    })
    void periodIsThatOfTheZonesClocks(
            Every every, String zone, Instant instant, Instant startsAt, Instant endsAt) {
        assertThat(new QuotaPeriod(every, zone).at(instant)).isEqualTo(new Span(startsAt, endsAt));
    }

    /** Each period begins where the one before it ends: no instant is in none or in two. */
    @ParameterizedTest
    @ValueSource(strings = {"UTC", "Europe/Berlin", "America/St_Johns", "Pacific/Apia"})
    void periodsFollowEachOtherWithoutAGap(String zone) {
        for (Every every : Every.values()) {
            QuotaPeriod period = new QuotaPeriod(every, zone);
            Span span = period.at(Instant.parse("2011-12-01T00:00:00Z"));
            for (int i = 0; i < 400; i++) {
                Span next = period.at(span.endsAt());
                assertThat(next.startsAt()).isEqualTo(span.endsAt());
                assertThat(period.at(next.endsAt().minusNanos(1))).isEqualTo(next);
                span = next;
            }
        }
    }

    /** A zone is a name with rules; an offset, an abbreviation nobody defines or a typo is none. */
    @ParameterizedTest
    @ValueSource(strings = {"", "+08:00", "UTC+8", "Asia/Peking", "asia/shanghai", "Z"})
    void zoneOutsideTheDatabaseIsRefused(String zone) {
        assertThatExceptionOfType(InvalidField.class)
                .isThrownBy(() -> new QuotaPeriod(Every.DAY, zone))
                .withMessageStartingWith("timeZone must be");
    }
}
