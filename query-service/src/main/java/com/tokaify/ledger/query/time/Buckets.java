package com.tokaify.ledger.query.time;

import com.fasterxml.jackson.annotation.JsonValue;
import com.tokaify.ledger.events.InvalidField;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Hours or days one after another, as the clocks of a time zone show them; a day there may have 23
 * or 25 hours.
 *
 * @param starts of each, ascending; at least one
 * @param to where the last one ends
 */
public record Buckets(List<Instant> starts, Instant to) {

    /** How long a bucket is. */
    public enum Size {
        HOUR,
        DAY;

        private final String word = name().toLowerCase(Locale.ROOT);

        public static Size parse(String field, String text) {
            for (Size size : values()) {
                if (size.word.equals(text)) {
                    return size;
                }
            }
            throw new InvalidField(field, "must be hour or day");
        }

        /** The beginning of the bucket an instant lies in. */
        public Instant startOf(Instant instant, ZoneId zone) {
            ZonedDateTime local = instant.atZone(zone);
            return switch (this) {
                case HOUR -> local.truncatedTo(ChronoUnit.HOURS).toInstant();
                case DAY -> local.toLocalDate().atStartOfDay(zone).toInstant();
            };
        }

        /** The beginning of the next one. */
        public Instant after(Instant start, ZoneId zone) {
            return switch (this) {
                case HOUR -> start.plus(1, ChronoUnit.HOURS);
                case DAY ->
                        start.atZone(zone).toLocalDate().plusDays(1).atStartOfDay(zone).toInstant();
            };
        }

        @JsonValue
        @Override
        public String toString() {
            return word;
        }
    }

    /**
     * The buckets that have something of a range.
     *
     * @param most how many there may be
     * @throws InvalidField naming {@code to} where the range is empty or too long
     */
    public static Buckets of(Size size, ZoneId zone, Instant from, Instant to, int most) {
        if (!from.isBefore(to)) {
            throw new InvalidField("to", "must be after from");
        }
        List<Instant> starts = new ArrayList<>();
        Instant next = size.startOf(from, zone);
        while (next.isBefore(to)) {
            if (starts.size() == most) {
                throw new InvalidField(
                        "to", "must be at most %d %ss after from".formatted(most, size));
            }
            starts.add(next);
            next = size.after(next, zone);
        }
        return new Buckets(List.copyOf(starts), next);
    }

    public Instant from() {
        return starts.getFirst();
    }

    /** Where a bucket ends and the next begins. */
    public Instant endOf(int bucket) {
        return bucket + 1 < starts.size() ? starts.get(bucket + 1) : to;
    }
}
