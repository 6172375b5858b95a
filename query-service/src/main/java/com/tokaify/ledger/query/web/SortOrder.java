package com.tokaify.ledger.query.web;

import com.fasterxml.jackson.annotation.JsonValue;
import com.tokaify.ledger.events.InvalidField;
import java.util.Locale;

/** Which end of a list comes first. */
public enum SortOrder {
    ASC("ASC", ">"),
    DESC("DESC", "<");

    private final String word = name().toLowerCase(Locale.ROOT);
    private final String sql;
    private final String after;

    SortOrder(String sql, String after) {
        this.sql = sql;
        this.after = after;
    }

    public static SortOrder parse(String field, String text) {
        for (SortOrder order : values()) {
            if (order.word.equals(text)) {
                return order;
            }
        }
        throw new InvalidField(field, "must be asc or desc");
    }

    /** {@code ORDER BY} of these expressions, each in this order. */
    public String by(String... expressions) {
        return " ORDER BY " + String.join(" " + sql + ", ", expressions) + " " + sql;
    }

    /** How a row that comes later compares with one that comes earlier. */
    public String after() {
        return after;
    }

    @JsonValue
    @Override
    public String toString() {
        return word;
    }
}
