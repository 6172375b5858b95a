package com.tokaify.ledger.query.token;

import com.fasterxml.jackson.annotation.JsonValue;
import com.tokaify.ledger.events.InvalidField;
import java.util.Locale;

/** The words a token's status is told in. Deleted tokens have none: they are not shown. */
public enum TokenStatus {
    ENABLED,
    DISABLED,
    EXPIRED,
    EXHAUSTED;

    private final String word = name().toLowerCase(Locale.ROOT);

    static TokenStatus parse(String field, String text) {
        for (TokenStatus status : values()) {
            if (status.word.equals(text)) {
                return status;
            }
        }
        throw new InvalidField(field, "must be enabled, disabled, expired or exhausted");
    }

    @JsonValue
    @Override
    public String toString() {
        return word;
    }
}
