package com.tokaify.ledger.events.rules;

import com.tokaify.ledger.events.FieldRules;
import com.tokaify.ledger.events.net.IpAddress;
import org.jspecify.annotations.Nullable;

/**
 * What a gateway wants to do with a token.
 *
 * @param model the model it will call, where it knows
 * @param ip where the call comes from, where it knows
 * @param amount units the call may cost; null asks whether anything is left at all
 */
public record Check(@Nullable String model, @Nullable IpAddress ip, @Nullable Long amount) {
    public Check {
        FieldRules.optionalModel("model", model);
        if (amount != null) {
            FieldRules.amount("amount", amount);
        }
    }

    /** Whether so many units are enough for the call. */
    public boolean isCoveredBy(long units) {
        return units >= units();
    }

    /** What the call costs at least, as far as anybody knows. */
    public long units() {
        return amount == null ? 1 : amount;
    }
}
