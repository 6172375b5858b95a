package com.tokaify.ledger.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * How a secret was shown: as the bare key, as a copy of it, inside the connection string, or inside
 * a ready-made curl command.
 */
public enum RevealedAs {
    SECRET("secret"),
    COPY_TOKEN("copy-token"),
    CONNECTION_STRING("connection-string"),
    CURL("curl");

    private final String text;

    RevealedAs(String text) {
        this.text = text;
    }

    @JsonCreator
    public static RevealedAs parse(String text) {
        for (RevealedAs value : values()) {
            if (value.text.equals(text)) {
                return value;
            }
        }
        throw new InvalidField("how", "must be secret, copy-token, connection-string or curl");
    }

    @JsonValue
    public String text() {
        return text;
    }
}
