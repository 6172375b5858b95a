package com.tokaify.ledger.audit.fold;

import com.tokaify.ledger.events.InvalidField;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;

/** A moment of a stream. */
public sealed interface Moment {

    /** With all that was in effect at the instant, what happened at that very instant included. */
    record At(Instant instant) implements Moment {}

    /** After the event with this sequence. */
    record After(long sequence) implements Moment {}

    /** Whole numbers are sequences: there is no year that is one. */
    Pattern SEQUENCE = Pattern.compile("\\d{1,18}");

    /**
     * @throws InvalidField where it is neither
     */
    static Moment parse(String field, String text) {
        return SEQUENCE.matcher(text).matches()
                ? new After(Long.parseLong(text))
                : new At(instant(field, text));
    }

    /** Cut to microseconds, which events have. */
    static Instant instant(String field, String text) {
        try {
            return Instant.parse(text).truncatedTo(ChronoUnit.MICROS);
        } catch (DateTimeException _) {
            throw new InvalidField(
                    field,
                    "must be an instant, e.g. 2026-11-25T08:00:00Z, or the sequence of an event");
        }
    }
}
