package com.tokaify.ledger.query.decision;

import com.tokaify.ledger.events.InvalidField;
import com.tokaify.ledger.events.net.IpAddress;
import com.tokaify.ledger.events.rules.Check;
import com.tokaify.ledger.query.past.AsOf;
import com.tokaify.ledger.query.web.QueryParameters;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * Which call is asked about, as callers write it.
 *
 * @param at when it came: an instant that has come, or the sequence of an event of the token, which
 *     then has just happened; absent is now
 * @param model the model it named, if any
 * @param ip the address it came from, as far as the gateway knew
 * @param amount units it was to cost; absent asks whether anything was left at all
 */
record DecisionParameters(
        @Nullable String at, @Nullable String model, @Nullable String ip, @Nullable Long amount) {

    /** The same, read. */
    record Asked(AsOf at, Check check) {}

    static Asked parse(QueryParameters parameters, Instant now) {
        parameters.allowOnly("at", "model", "ip", "amount");
        AsOf at = parameters.optional("at", (name, text) -> AsOf.parse(name, text, now));
        String model = parameters.optional("model", (_, text) -> text);
        IpAddress ip = parameters.optional("ip", IpAddress::parse);
        Long amount = parameters.optional("amount", DecisionParameters::wholeNumber);
        return new Asked(
                at == null ? new AsOf.At(now.truncatedTo(ChronoUnit.MICROS)) : at,
                new Check(model, ip, amount));
    }

    private static Long wholeNumber(String field, String text) {
        if (!text.matches("\\d{1,18}")) {
            throw new InvalidField(field, "must be a whole number of units");
        }
        return Long.valueOf(text);
    }
}
