package com.tokaify.ledger.console;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.tokaify.ledger.events.InvalidField;
import java.util.Locale;

/** What somebody may do is decided by the services; the console only says which of these one is. */
public enum Role {
    OPERATOR,
    OWNER,
    AUDITOR,
    GATEWAY;

    /** As tokens carry it. */
    @JsonValue
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    @JsonCreator
    public static Role parse(String text) {
        for (Role role : values()) {
            if (role.text().equals(text)) {
                return role;
            }
        }
        throw new InvalidField("role", "must be operator, owner, auditor or gateway");
    }
}
