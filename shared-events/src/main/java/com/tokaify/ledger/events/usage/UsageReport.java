package com.tokaify.ledger.events.usage;

import com.tokaify.ledger.events.Actor;
import com.tokaify.ledger.events.FieldRules;
import com.tokaify.ledger.events.id.TokenId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What one call has cost.
 *
 * @param usageId names the usage within its token: the ledger books it once however often and by
 *     whichever road it comes
 * @param amount units
 * @param model the model that was called, where it is known
 * @param occurredAt when the reporter took note of it
 * @param reporter the gateway or instance that says so
 */
public record UsageReport(
        TokenId tokenId,
        String usageId,
        long amount,
        @Nullable String model,
        Instant occurredAt,
        Actor reporter) {
    public UsageReport {
        FieldRules.required("tokenId", tokenId);
        FieldRules.usageId("usageId", usageId);
        FieldRules.amount("amount", amount);
        FieldRules.optionalModel("model", model);
        FieldRules.instant("occurredAt", occurredAt);
        FieldRules.required("reporter", reporter);
    }
}
