package com.tokaify.ledger.query.decision;

import com.tokaify.ledger.events.InvalidField;
import com.tokaify.ledger.events.net.IpAddress;
import com.tokaify.ledger.events.rules.Check;
import com.tokaify.ledger.query.past.AsOf;
import com.tokaify.ledger.query.web.QueryParameters;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which call is asked about.
 *
 * @param at when it came: an instant that has come, or the sequence of an event of the token; null
 *     is now
 * @param model the model it named, if any
 * @param ip the address it came from, as far as the gateway knew
 * @param amount units it was to cost; null asks whether anything was left at all
 */
record DecisionQuery(
        @Schema(implementation = String.class) @Nullable AsOf at,
        @Nullable String model,
        @Schema(implementation = String.class) @Nullable IpAddress ip,
        @Nullable Long amount) {

    static DecisionQuery parse(QueryParameters parameters, Instant now) {
        parameters.allowOnly("at", "model", "ip", "amount");
        return new DecisionQuery(
                parameters.optional("at", (name, text) -> AsOf.parse(name, text, now)),
                parameters.optional("model", (_, text) -> text),
                parameters.optional("ip", IpAddress::parse),
                parameters.optional("amount", DecisionQuery::wholeNumber));
    }

    /** Refuses what no call can be. */
    Check check() {
        return new Check(model, ip, amount);
    }

    private static Long wholeNumber(String field, String text) {
        if (!text.matches("\\d{1,18}")) {
            throw new InvalidField(field, "must be a whole number of units");
        }
        return Long.valueOf(text);
    }
}
