package com.tokaify.ledger.service.access;

import com.tokaify.ledger.events.Actor;
import java.util.Locale;
import java.util.Optional;

/** What a caller is to the ledger. */
public enum Role {
    /** Runs the ledger, for all accounts. */
    OPERATOR(Actor.Kind.OPERATOR),
    /** Has the tokens of one account. */
    OWNER(Actor.Kind.OWNER),
    /** Reads, and changes nothing. */
    AUDITOR(Actor.Kind.AUDITOR),
    /** Asks whether tokens may be used, and reports that they were. */
    GATEWAY(Actor.Kind.GATEWAY);

    private final Actor.Kind kind;
    private final String text = name().toLowerCase(Locale.ROOT);

    Role(Actor.Kind kind) {
        this.kind = kind;
    }

    /** What events call who has this role. */
    public Actor.Kind kind() {
        return kind;
    }

    /** As access tokens have it, e.g. {@code owner}. */
    public String text() {
        return text;
    }

    /** Empty for a word that is no role. */
    static Optional<Role> of(String text) {
        for (Role role : values()) {
            if (role.text.equals(text)) {
                return Optional.of(role);
            }
        }
        return Optional.empty();
    }
}
