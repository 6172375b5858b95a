package com.tokaify.ledger.query.usage;

import com.tokaify.ledger.events.InvalidField;
import com.tokaify.ledger.query.time.Buckets;
import com.tokaify.ledger.query.web.QueryParameters;
import com.tokaify.ledger.query.web.Times;
import java.time.Instant;
import java.time.ZoneId;

/**
 * Which usage is asked for.
 *
 * @param byModel whether models are told apart
 */
record UsageQuery(Buckets.Size size, ZoneId zone, Buckets buckets, boolean byModel) {
    private static final int MOST_BUCKETS = 1000;
    private static final int USUAL_DAYS = 30;
    private static final int USUAL_HOURS = 24;
    private static final String MODEL = "model";

    static UsageQuery parse(QueryParameters parameters, Instant now) {
        parameters.allowOnly("bucket", "from", "to", "timeZone", "groupBy");
        Buckets.Size asked = parameters.optional("bucket", Buckets.Size::parse);
        Buckets.Size size = asked == null ? Buckets.Size.DAY : asked;
        ZoneId named = parameters.optional("timeZone", Times::zone);
        ZoneId zone = named == null ? ZoneId.of("UTC") : named;
        String groupBy = parameters.optional("groupBy", UsageQuery::model);
        Instant from = parameters.optional("from", Times::instant);
        Instant to = parameters.optional("to", Times::instant);
        Instant end = to == null ? size.after(size.startOf(now, zone), zone) : to;
        return new UsageQuery(
                size,
                zone,
                Buckets.of(
                        size, zone, from == null ? usualStart(size, end) : from, end, MOST_BUCKETS),
                groupBy != null);
    }

    private static Instant usualStart(Buckets.Size size, Instant end) {
        return switch (size) {
            case HOUR -> end.minusSeconds(USUAL_HOURS * 3600L);
            case DAY -> end.minusSeconds(USUAL_DAYS * 24 * 3600L);
        };
    }

    private static String model(String field, String text) {
        if (!text.equals(MODEL)) {
            throw new InvalidField(field, "must be model");
        }
        return text;
    }
}
