package com.tokaify.ledger.query.account;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a query for a statement.
 *
 * @param from its first instant, at a quarter of an hour; if not given, the beginning of the month
 *     {@code to} lies in
 * @param to the first instant that is no longer in it, at a quarter of an hour and at most ten
 *     years later; if not given, the end of the running quarter
 * @param timeZone by whose days usage is summed, e.g. {@code Asia/Shanghai}; if not given, {@code
 *     UTC}
 * @param limit the most lines on a page
 * @param cursor where the page before ended: its {@code nextCursor}, with the same parameters
 */
record StatementParameters(
        @Nullable Instant from,
        @Nullable Instant to,
        @Nullable String timeZone,
        @Schema(minimum = "1", maximum = "1000", defaultValue = "100") int limit,
        @Nullable String cursor) {}
