package com.tokaify.ledger.query.past;

import com.tokaify.ledger.query.web.QueryParameters;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When something is to be shown; null is now.
 *
 * @param asOf an instant that has come, e.g. {@code 2026-11-25T08:00:00Z}, or the sequence of an
 *     event: what was after it
 */
public record AsOfQuery(@Nullable String asOf) {
    private static final String FIELD = "asOf";

    /**
     * @return null where now is asked for
     */
    public static @Nullable AsOf parse(QueryParameters parameters, Instant now) {
        parameters.allowOnly(FIELD);
        return parameters.optional(FIELD, (field, text) -> AsOf.parse(field, text, now));
    }
}
