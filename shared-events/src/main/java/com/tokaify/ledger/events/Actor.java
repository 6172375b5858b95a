package com.tokaify.ledger.events;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Who did it: a kind and an opaque id, never a name or an address. As text {@code kind:id}, e.g.
 * {@code gateway:edge-1}.
 */
public record Actor(Kind kind, String id) {

    /** The parts of the world that act on the ledger. */
    public enum Kind {
        OPERATOR,
        OWNER,
        AUDITOR,
        GATEWAY,
        SYSTEM;

        private final String text = name().toLowerCase(Locale.ROOT);

        /** The word before the colon. */
        public String text() {
            return text;
        }
    }

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._@/-]{1,64}");

    public Actor {
        if (!ID.matcher(id).matches()) {
            throw new InvalidField(
                    "actor", "must have an id of 1 to 64 letters, digits or any of . _ @ / -");
        }
    }

    /** The ledger itself, acting through one of its parts, e.g. {@code system:expiry}. */
    public static Actor system(String part) {
        return new Actor(Kind.SYSTEM, part);
    }

    public static Actor parse(String text) {
        int colon = text.indexOf(':');
        for (Kind kind : Kind.values()) {
            if (colon > 0 && kind.text.contentEquals(text.subSequence(0, colon))) {
                return new Actor(kind, text.substring(colon + 1));
            }
        }
        throw new InvalidField(
                "actor", "must be operator:, owner:, auditor:, gateway: or system: and an id");
    }

    @Override
    public String toString() {
        return kind.text + ":" + id;
    }
}
