package com.tokaify.ledger.query.token;

import com.fasterxml.jackson.annotation.JsonValue;
import com.tokaify.ledger.events.InvalidField;
import com.tokaify.ledger.events.Restrictions;
import java.time.Instant;
import java.util.Locale;

/** The words a token's status is told in. Deleted tokens have none: they are not shown. */
public enum TokenStatus {
    ENABLED,
    DISABLED,
    EXPIRED,
    EXHAUSTED;

    private final String word = name().toLowerCase(Locale.ROOT);

    /**
     * What a check would say first, by the clock and what counts under the limit then: a token that
     * is off stays off when it expires.
     *
     * @param consumed units that count
     */
    static TokenStatus of(TokenState state, long consumed, Instant now) {
        TokenState.Standing standing = state.standing();
        Restrictions restrictions = state.settings().restrictions();
        Instant expiresAt = restrictions.expiresAt();
        Long limit = restrictions.quotaLimit();
        if (!standing.enabled()) {
            return DISABLED;
        }
        if (standing.expired() || (expiresAt != null && !now.isBefore(expiresAt))) {
            return EXPIRED;
        }
        return limit != null && consumed >= limit ? EXHAUSTED : ENABLED;
    }

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
