package com.tokaify.ledger.query.usage;

import com.tokaify.ledger.events.id.StreamId;
import com.tokaify.ledger.query.time.Quarters;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What usage is summed by.
 *
 * @param of whose usage: a token's or an account's
 * @param startsAt of the quarter of an hour it was booked in
 * @param model empty where none was named
 */
public record UsageKey<S extends StreamId>(S of, Instant startsAt, String model) {

    public static <S extends StreamId> UsageKey<S> at(
            S of, Instant recordedAt, @Nullable String model) {
        return new UsageKey<>(
                of, Quarters.startOf(recordedAt), Objects.requireNonNullElse(model, ""));
    }
}
