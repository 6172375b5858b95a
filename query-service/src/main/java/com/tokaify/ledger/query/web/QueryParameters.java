package com.tokaify.ledger.query.web;

import com.tokaify.ledger.events.FieldRules;
import com.tokaify.ledger.events.InvalidField;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;

/**
 * The parameters of a query, read strictly: a misspelt filter must be an error, since ignoring it
 * would answer another question than was asked. Every complaint is an {@link InvalidField} that
 * names the parameter.
 */
public record QueryParameters(MultiValueMap<String, String> values) {

    /** How often a parameter that may be repeated may be given, if nothing says otherwise. */
    public static final int MOST_REPEATED = 50;

    /** Refuses parameters that are not of this query, and any that is given twice. */
    public void allowOnly(String... names) {
        allowOnly(Map.of(), names);
    }

    /** The same, but those of {@code repeatable} may be given several times, at most so often. */
    public void allowOnly(Map<String, Integer> repeatable, String... names) {
        values.forEach((name, given) -> {
            if (!Set.of(names).contains(name)) {
                throw new InvalidField(
                        name,
                        names.length == 0
                                ? "is not a parameter; this query has none"
                                : "is not a parameter; there are " + String.join(", ", names));
            }
            int most = repeatable.getOrDefault(name, 1);
            if (given.size() > most) {
                throw new InvalidField(
                        name,
                        most == 1
                                ? "must be given once"
                                : "must be given at most " + most + " times");
            }
        });
    }

    /**
     * @param read turns name and text into the value, or throws {@link InvalidField}
     */
    public <T> @Nullable T optional(String name, BiFunction<String, String, T> read) {
        List<String> given = values.get(name);
        return given == null ? null : read.apply(name, given.getFirst());
    }

    /**
     * All values of a parameter that may be repeated.
     *
     * @param read turns name and text into a value, or throws {@link InvalidField}
     * @return null where it is not given
     */
    public <T> @Nullable List<T> repeated(String name, BiFunction<String, String, T> read) {
        List<String> given = values.get(name);
        return given == null ? null : given.stream().map(text -> read.apply(name, text)).toList();
    }

    /** An instant as ISO-8601 has it, with {@code Z} or an offset. */
    public @Nullable Instant instant(String name) {
        return optional(
                name,
                (_, text) -> {
                    try {
                        return FieldRules.instant(name, Instant.parse(text));
                    } catch (DateTimeParseException e) {
                        throw new InvalidField(
                                name, "must be an instant such as 2026-11-23T10:32:00Z");
                    }
                });
    }

    public int wholeNumber(String name, int least, int most, int absent) {
        Integer given =
                optional(
                        name,
                        (_, text) -> {
                            if (text.matches("\\d{1,9}")) {
                                int number = Integer.parseInt(text);
                                if (number >= least && number <= most) {
                                    return number;
                                }
                            }
                            throw new InvalidField(
                                    name, "must be a whole number from " + least + " to " + most);
                        });
        return given == null ? absent : given;
    }
}
