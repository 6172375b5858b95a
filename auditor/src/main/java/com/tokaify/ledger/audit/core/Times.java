package com.tokaify.ledger.audit.core;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;

/**
 * Times as events write them, {@link Instant#toString} of whole microseconds, without the general
 * formatter: every event that is read from the store passes here.
 */
public final class Times {
    private static final long SECOND = 1_000_000;
    private static final long DAY = 86_400 * SECOND;

    /** The length of {@code 2026-11-30T08:00:00}. */
    private static final int SECONDS_END = 19;

    /** The days four-digit years have, which need no sign. */
    private static final long FIRST_DAY = LocalDate.of(0, 1, 1).toEpochDay();

    private static final long LAST_DAY = LocalDate.of(9999, 12, 31).toEpochDay();

    private Times() {}

    /**
     * @param micros since 1970
     */
    public static String text(long micros) {
        long day = Math.floorDiv(micros, DAY);
        if (day < FIRST_DAY || day > LAST_DAY) {
            return Instant.EPOCH.plus(micros, ChronoUnit.MICROS).toString();
        }
        long ofDay = Math.floorMod(micros, DAY);
        LocalDate date = LocalDate.ofEpochDay(day);
        byte[] text = new byte[SECONDS_END + 8];
        digits(text, 0, 4, date.getYear());
        text[4] = '-';
        digits(text, 5, 2, date.getMonthValue());
        text[7] = '-';
        digits(text, 8, 2, date.getDayOfMonth());
        text[10] = 'T';
        int seconds = (int) (ofDay / SECOND);
        digits(text, 11, 2, seconds / 3600);
        text[13] = ':';
        digits(text, 14, 2, seconds / 60 % 60);
        text[16] = ':';
        digits(text, 17, 2, seconds % 60);
        int end = fraction(text, (int) (ofDay % SECOND));
        text[end] = 'Z';
        return new String(text, 0, end + 1, StandardCharsets.ISO_8859_1);
    }

    /** None, three or six digits behind a point, as few as say it. */
    private static int fraction(byte[] text, int micros) {
        if (micros == 0) {
            return SECONDS_END;
        }
        text[SECONDS_END] = '.';
        if (micros % 1000 == 0) {
            digits(text, SECONDS_END + 1, 3, micros / 1000);
            return SECONDS_END + 4;
        }
        digits(text, SECONDS_END + 1, 6, micros);
        return SECONDS_END + 7;
    }

    private static void digits(byte[] text, int from, int count, int number) {
        int left = number;
        for (int i = from + count - 1; i >= from; i--) {
            text[i] = (byte) ('0' + left % 10);
            left /= 10;
        }
    }

    /**
     * @throws IllegalArgumentException where it is no time
     */
    public static Instant parse(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("no time: " + text, e);
        }
    }
}
