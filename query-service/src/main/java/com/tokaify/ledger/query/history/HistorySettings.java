package com.tokaify.ledger.query.history;

import java.time.Period;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * @param keep how long events are kept, counted back from the month of the newest one; whole months
 *     that are older are dropped. Null is for ever
 */
@ConfigurationProperties("ledger.history")
public record HistorySettings(@Nullable Period keep) {
    /** Nothing is ever dropped. */
    public static final HistorySettings FOR_EVER = new HistorySettings(null);

    public HistorySettings {
        if (keep != null && (keep.isNegative() || keep.isZero())) {
            throw new IllegalArgumentException("ledger.history.keep must be longer than nothing");
        }
    }
}
