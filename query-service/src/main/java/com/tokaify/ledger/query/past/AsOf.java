package com.tokaify.ledger.query.past;

import com.tokaify.ledger.events.InvalidField;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;

/** A moment of a stream. */
public sealed interface AsOf {

    /** With all that was in effect at the instant, what happened at that very instant included. */
    record At(Instant instant) implements AsOf {}

    /** After the event with this sequence. */
    record After(long sequence) implements AsOf {}

    /** Whole numbers are sequences; there is no year that is one. */
    Pattern SEQUENCE = Pattern.compile("\\d{1,18}");

    /** No event is recorded before or after, and every database can write both. */
    Instant EARLIEST = Instant.EPOCH;

    Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999Z");

    /** Of something that has been. */
    static AsOf parse(String field, String text, Instant now) {
        AsOf asOf = parse(field, text);
        if (asOf instanceof At(Instant instant) && instant.isAfter(now)) {
            throw new InvalidField(field, "must not be in the future");
        }
        return asOf;
    }

    /** Whatever the time is. Instants are cut to microseconds, which events have. */
    static AsOf parse(String field, String text) {
        if (SEQUENCE.matcher(text).matches()) {
            return new After(Long.parseLong(text));
        }
        Instant instant;
        try {
            instant = Instant.parse(text);
        } catch (DateTimeException e) {
            throw new InvalidField(
                    field,
                    "must be an instant, e.g. 2026-11-25T08:00:00Z, or the sequence of an event");
        }
        if (instant.isBefore(EARLIEST)) {
            return new At(EARLIEST);
        }
        return new At(instant.isAfter(LATEST) ? LATEST : instant.truncatedTo(ChronoUnit.MICROS));
    }
}
