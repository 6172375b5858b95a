package com.tokaify.ledger.query.web;

import com.tokaify.ledger.events.InvalidField;
import java.util.List;
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

    /** Refuses parameters that are not of this query, and any that is given twice. */
    public void allowOnly(String... names) {
        values.forEach((name, given) -> {
            if (!Set.of(names).contains(name)) {
                throw new InvalidField(
                        name,
                        names.length == 0
                                ? "is not a parameter; this query has none"
                                : "is not a parameter; there are " + String.join(", ", names));
            }
            if (given.size() > 1) {
                throw new InvalidField(name, "must be given once");
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
