package com.tokaify.ledger.events;

import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The rules single fields obey, stated once. Called by the compact constructors of events, commands
 * and reports; each method returns its value or throws {@link InvalidField}.
 */
public final class FieldRules {
    /** Upper bound of one amount and of a quota limit: 10⁹ USD at 500,000 units each. */
    public static final long MAX_AMOUNT = 1_000_000_000L * 500_000L;

    /**
     * Upper bound of every running total: the largest integer every JSON reader represents exactly.
     */
    public static final long MAX_TOTAL = (1L << 53) - 1;

    public static final int MAX_NAME_LENGTH = 100;
    public static final int MAX_MODELS = 500;
    public static final int MAX_IP_RANGES = 100;
    public static final int MAX_MODEL_QUOTAS = 100;

    private static final Pattern GROUP = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    private static final int MAX_MODEL_LENGTH = 200;
    private static final int MAX_USAGE_ID_LENGTH = 128;
    private static final int MAX_MASK_LENGTH = 21;
    private static final Instant YEAR_0000 = Instant.parse("0000-01-01T00:00:00Z");
    private static final Instant YEAR_10000 = Instant.parse("+10000-01-01T00:00:00Z");

    private FieldRules() {}

    public static <T> T required(String field, @Nullable T value) {
        if (value == null) {
            throw new InvalidField(field, "is required");
        }
        return value;
    }

    /** A name people give: 1 to 100 characters, not blank, no control characters. */
    public static String name(String field, @Nullable String value) {
        return text(field, value, MAX_NAME_LENGTH);
    }

    /**
     * Free text such as a reason or a reference: 1 to {@code maxLength} characters, not blank, no
     * control characters.
     */
    public static String text(String field, @Nullable String value, int maxLength) {
        String text = required(field, value);
        if (text.isBlank() || text.codePointCount(0, text.length()) > maxLength) {
            throw new InvalidField(field, "must have 1 to " + maxLength + " characters");
        }
        if (text.codePoints()
                .anyMatch(c ->
                        Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE)) {
            throw new InvalidField(field, "must not contain control characters");
        }
        return text;
    }

    public static @Nullable String optionalText(
            String field, @Nullable String value, int maxLength) {
        return value == null ? null : text(field, value, maxLength);
    }

    public static String group(String field, @Nullable String value) {
        String group = required(field, value);
        if (!GROUP.matcher(group).matches()) {
            throw new InvalidField(
                    field,
                    "must have 1 to 64 letters, digits, '.', '_' or '-' and begin with a letter or digit");
        }
        return group;
    }

    public static String model(String field, @Nullable String value) {
        return printable(
                field,
                value,
                MAX_MODEL_LENGTH,
                "must have 1 to 200 printable ASCII characters without spaces");
    }

    public static @Nullable String optionalModel(String field, @Nullable String value) {
        return value == null ? null : model(field, value);
    }

    public static String usageId(String field, @Nullable String value) {
        return printable(
                field,
                value,
                MAX_USAGE_ID_LENGTH,
                "must have 1 to 128 printable ASCII characters without spaces");
    }

    /** An amount of units that is added or taken: 1 to {@link #MAX_AMOUNT}. */
    public static long amount(String field, long value) {
        if (value < 1 || value > MAX_AMOUNT) {
            throw new InvalidField(field, "must be 1 to " + MAX_AMOUNT + " units");
        }
        return value;
    }

    /**
     * An amount of units that is added or taken, by its sign: 1 to {@link #MAX_AMOUNT} either way.
     */
    public static long adjustment(String field, long value) {
        if (value == 0 || value < -MAX_AMOUNT || value > MAX_AMOUNT) {
            throw new InvalidField(field, "must be 1 to " + MAX_AMOUNT + " units, up or down");
        }
        return value;
    }

    /** A running total of units: 0 to {@link #MAX_TOTAL}. */
    public static long total(String field, long value) {
        if (value < 0 || value > MAX_TOTAL) {
            throw new InvalidField(field, "must be 0 to " + MAX_TOTAL + " units");
        }
        return value;
    }

    /** A limit in units, where zero is a limit too: 0 to {@link #MAX_AMOUNT}. */
    public static long limit(String field, long value) {
        if (value < 0 || value > MAX_AMOUNT) {
            throw new InvalidField(field, "must be 0 to " + MAX_AMOUNT + " units");
        }
        return value;
    }

    /** A limit where absent means unlimited. */
    public static @Nullable Long optionalLimit(String field, @Nullable Long value) {
        if (value != null) {
            limit(field, value);
        }
        return value;
    }

    /** An instant that every reader can write as RFC 3339 has it: in the years 0000 to 9999. */
    public static Instant instant(String field, @Nullable Instant value) {
        Instant instant = required(field, value);
        if (instant.isBefore(YEAR_0000) || !instant.isBefore(YEAR_10000)) {
            throw new InvalidField(field, "must be a time in the years 0000 to 9999");
        }
        return instant;
    }

    public static @Nullable Instant optionalInstant(String field, @Nullable Instant value) {
        return value == null ? null : instant(field, value);
    }

    /**
     * What lists show of a secret. Refuses anything longer than a mask, so that no slip puts a
     * secret into an event.
     */
    public static String mask(String field, @Nullable String value) {
        return printable(
                field,
                value,
                MAX_MASK_LENGTH,
                "must have 1 to 21 printable ASCII characters without spaces, too few for a"
                        + " secret");
    }

    /** Models a token may use, in the order given, without repeats. Absent means any. */
    public static @Nullable List<String> optionalModels(
            String field, @Nullable List<String> values) {
        if (values == null) {
            return null;
        }
        if (values.isEmpty() || values.size() > MAX_MODELS) {
            throw new InvalidField(
                    field, "must name 1 to " + MAX_MODELS + " models, or be absent for any");
        }
        for (int i = 0; i < values.size(); i++) {
            model(field + "[" + i + "]", values.get(i));
        }
        return values.stream().distinct().toList();
    }

    /**
     * Without a regular expression: events of consumption pass here twice each, on their way in and
     * whenever they are read.
     */
    private static String printable(
            String field, @Nullable String value, int maxLength, String rule) {
        String text = required(field, value);
        boolean fits = !text.isEmpty() && text.length() <= maxLength;
        for (int i = 0; fits && i < text.length(); i++) {
            fits = text.charAt(i) > ' ' && text.charAt(i) <= '~';
        }
        if (!fits) {
            throw new InvalidField(field, rule);
        }
        return text;
    }
}
