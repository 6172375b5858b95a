package com.tokaify.ledger.query.account;

import com.tokaify.ledger.events.InvalidField;
import com.tokaify.ledger.query.time.Buckets;
import com.tokaify.ledger.query.time.Quarters;
import com.tokaify.ledger.query.web.QueryParameters;
import com.tokaify.ledger.query.web.Times;
import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * Which statement is asked for. It begins and ends with a quarter of an hour, since that is what
 * usage is summed by: at any other instant a balance would be a guess.
 *
 * @param days by which usage is summed; the first may begin before {@code from}, the last end after
 *     {@code to}
 */
record StatementQuery(
        Instant from,
        Instant to,
        ZoneId zone,
        Buckets days,
        int limit,
        @Nullable StatementCursor after) {
    private static final int MOST_DAYS = 3660;
    private static final int MOST_LINES = 1000;
    private static final int USUAL_LINES = 100;

    static StatementQuery parse(QueryParameters parameters, Instant now) {
        parameters.allowOnly("from", "to", "timeZone", "limit", "cursor");
        ZoneId named = parameters.optional("timeZone", Times::zone);
        ZoneId zone = named == null ? ZoneId.of("UTC") : named;
        int limit = parameters.wholeNumber("limit", 1, MOST_LINES, USUAL_LINES);
        StatementCursor after = parameters.optional("cursor", StatementCursor::parse);
        Instant asked = parameters.optional("to", StatementQuery::quarter);
        // A later page is one of the statement the first was of, though now is later.
        Instant to = asked != null ? asked : after != null ? after.to() : Quarters.after(now);
        Instant begin = parameters.optional("from", StatementQuery::quarter);
        Instant from = begin == null ? month(to, zone) : begin;
        StatementQuery query =
                new StatementQuery(
                        from,
                        to,
                        zone,
                        Buckets.of(Buckets.Size.DAY, zone, from, to, MOST_DAYS),
                        limit,
                        after);
        if (after != null && after.question() != query.question()) {
            throw new InvalidField(
                    "cursor", "belongs to another statement; begin again without it");
        }
        return query;
    }

    private static Instant quarter(String field, String text) {
        Instant instant = Times.instant(field, text);
        if (!Quarters.startOf(instant).equals(instant)) {
            throw new InvalidField(
                    field, "must be at a quarter of an hour, since usage is summed by those");
        }
        return instant;
    }

    /** The beginning of the month that ends at, or after, this instant. */
    private static Instant month(Instant to, ZoneId zone) {
        return to.minusNanos(1)
                .atZone(zone)
                .toLocalDate()
                .withDayOfMonth(1)
                .atStartOfDay(zone)
                .toInstant();
    }

    int question() {
        return StatementCursor.question(from, to, zone);
    }
}
