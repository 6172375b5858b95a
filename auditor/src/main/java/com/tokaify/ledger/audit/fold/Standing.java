package com.tokaify.ledger.audit.fold;

import org.jspecify.annotations.Nullable;

/**
 * Whether a live token may be used, apart from what the clock and its quota say.
 *
 * @param expired whether the ledger has said so
 */
public record Standing(boolean enabled, @Nullable String disabledReason, boolean expired) {
    static final Standing NEW = new Standing(true, null, false);

    Standing on() {
        if (enabled) {
            throw new Contradiction("a token that is enabled is enabled");
        }
        return new Standing(true, null, expired);
    }

    Standing off(@Nullable String reason) {
        if (!enabled) {
            throw new Contradiction("a token that is disabled is disabled");
        }
        return new Standing(false, reason, expired);
    }

    Standing expired(boolean now) {
        return new Standing(enabled, disabledReason, now);
    }
}
