package com.tokaify.ledger.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;
import java.util.Set;

/**
 * How often a quota begins anew: at midnight, on Monday's, or on that of the first of a month, as
 * the clocks of a time zone show it.
 *
 * @param timeZone name in the IANA time zone database, e.g. {@code Asia/Shanghai} or {@code UTC}
 */
public record QuotaPeriod(Every every, String timeZone) {
    private static final Set<String> TIME_ZONES = Set.copyOf(ZoneId.getAvailableZoneIds());

    /** The lengths a period may have. */
    public enum Every {
        DAY,
        WEEK,
        MONTH;

        @JsonCreator
        public static Every parse(String text) {
            for (Every value : values()) {
                if (value.text().equals(text)) {
                    return value;
                }
            }
            throw new InvalidField("every", "must be day, week or month");
        }

        @JsonValue
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }

        private LocalDate firstDay(LocalDate day) {
            return switch (this) {
                case DAY -> day;
                case WEEK -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
                case MONTH -> day.withDayOfMonth(1);
            };
        }

        private LocalDate next(LocalDate firstDay) {
            return switch (this) {
                case DAY -> firstDay.plusDays(1);
                case WEEK -> firstDay.plusWeeks(1);
                case MONTH -> firstDay.plusMonths(1);
            };
        }
    }

    /**
     * One period.
     *
     * @param endsAt the first instant that is no longer in it
     */
    public record Span(Instant startsAt, Instant endsAt) {}

    public QuotaPeriod {
        FieldRules.required("every", every);
        if (!TIME_ZONES.contains(FieldRules.required("timeZone", timeZone))) {
            throw new InvalidField(
                    "timeZone",
                    "must be a name of the IANA time zone database, e.g. Asia/Shanghai or UTC");
        }
    }

    /** The period an instant lies in. */
    public Span at(Instant instant) {
        ZoneId zone = ZoneId.of(timeZone);
        LocalDate firstDay = every.firstDay(instant.atZone(zone).toLocalDate());
        return new Span(
                firstDay.atStartOfDay(zone).toInstant(),
                every.next(firstDay).atStartOfDay(zone).toInstant());
    }
}
