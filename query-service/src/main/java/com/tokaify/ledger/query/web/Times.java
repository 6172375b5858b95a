package com.tokaify.ledger.query.web;

import com.tokaify.ledger.events.InvalidField;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Set;

/** Times as parameters tell them. */
public final class Times {
    private static final Set<String> TIME_ZONES = Set.copyOf(ZoneId.getAvailableZoneIds());

    private static final Instant END = Instant.parse("9000-01-01T00:00:00Z");

    private Times() {}

    /**
     * An instant in ISO-8601, with its offset. Long before and after there is nothing to ask for,
     * and a day or an hour more or less leads out of nobody's calendar.
     */
    public static Instant instant(String field, String text) {
        try {
            Instant instant = OffsetDateTime.parse(text).toInstant();
            if (canBeAskedFor(instant)) {
                return instant;
            }
        } catch (DateTimeException e) {
            // Told below.
        }
        throw new InvalidField(
                field, "must be a time such as 2026-11-23T08:00:00Z, in the years 1970 to 8999");
    }

    /** Whether {@link #instant} can be this. */
    public static boolean canBeAskedFor(Instant instant) {
        return !instant.isBefore(Instant.EPOCH) && instant.isBefore(END);
    }

    /** A time zone by its name in the IANA database. */
    public static ZoneId zone(String field, String text) {
        if (!TIME_ZONES.contains(text)) {
            throw new InvalidField(
                    field,
                    "must be a name of the IANA time zone database, e.g. Asia/Shanghai or UTC");
        }
        return ZoneId.of(text);
    }
}
