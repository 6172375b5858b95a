package com.tokaify.ledger.enforcement.usage;

import com.tokaify.ledger.enforcement.decision.GivenSecret;
import com.tokaify.ledger.enforcement.http.JsonBody;
import com.tokaify.ledger.events.FieldRules;
import com.tokaify.ledger.events.InvalidField;
import com.tokaify.ledger.events.id.TokenId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One usage as a gateway gives it: {@code {tokenId or secret, usageId, amount, model?}}.
 *
 * @param prefix where it stands in the request, to begin the names of its fields with
 */
record UsageItem(
        String prefix,
        @Nullable TokenId tokenId,
        @Nullable GivenSecret secret,
        String usageId,
        long amount,
        @Nullable String model) {
    static final int MAX_ITEMS = 1000;

    /** Room for {@link #MAX_ITEMS} of the longest items. */
    static final int MAX_BODY_BYTES = MAX_ITEMS * 512;

    UsageItem {
        FieldRules.usageId("usageId", usageId);
        FieldRules.amount("amount", amount);
        FieldRules.optionalModel("model", model);
        if (tokenId == null && secret == null) {
            throw new InvalidField("tokenId", "is required where no secret is given");
        }
        if (tokenId != null && secret != null) {
            throw new InvalidField("secret", "must not be given together with tokenId");
        }
    }

    /**
     * Reads one usage or a list of up to {@link #MAX_ITEMS}.
     *
     * @throws InvalidField where the body breaks a rule
     */
    static List<UsageItem> readAll(byte[] body) {
        return JsonBody.objects(body, MAX_ITEMS, UsageItem::read);
    }

    private static UsageItem read(JsonBody json) {
        String tokenId = null;
        String secret = null;
        String usageId = null;
        Long amount = null;
        String model = null;
        for (String field = json.nextField(); field != null; field = json.nextField()) {
            switch (field) {
                case "tokenId" -> tokenId = json.text();
                case "secret" -> secret = json.text();
                case "usageId" -> usageId = json.text();
                case "amount" -> amount = json.wholeNumber();
                case "model" -> model = json.text();
                default -> throw json.unknown(field);
            }
        }
        try {
            return new UsageItem(
                    json.prefix(),
                    tokenId == null ? null : TokenId.parse(tokenId),
                    secret == null ? null : new GivenSecret(secret),
                    FieldRules.required("usageId", usageId),
                    FieldRules.required("amount", amount),
                    model);
        } catch (InvalidField e) {
            throw new InvalidField(json.prefix() + e.field(), e.rule());
        }
    }
}
