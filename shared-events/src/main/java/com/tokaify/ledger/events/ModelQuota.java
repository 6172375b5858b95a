package com.tokaify.ledger.events;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A limit of one model within a token.
 *
 * @param model matched exactly
 * @param quotaLimit units the token may consume of it, in each period where the token has periods
 */
public record ModelQuota(String model, long quotaLimit) {
    public ModelQuota {
        FieldRules.model("model", model);
        FieldRules.limit("quotaLimit", quotaLimit);
    }

    /** Limits of models, each named once; absent means none. */
    public static @Nullable List<ModelQuota> optionalList(
            String field, @Nullable List<ModelQuota> quotas) {
        if (quotas == null) {
            return null;
        }
        if (quotas.isEmpty() || quotas.size() > FieldRules.MAX_MODEL_QUOTAS) {
            throw new InvalidField(
                    field,
                    "must have 1 to "
                            + FieldRules.MAX_MODEL_QUOTAS
                            + " limits, or be absent for none");
        }
        Set<String> models = new HashSet<>();
        for (int i = 0; i < quotas.size(); i++) {
            ModelQuota quota = FieldRules.required(field + "[" + i + "]", quotas.get(i));
            if (!models.add(quota.model())) {
                throw new InvalidField(
                        field + "[" + i + "].model", "must not be that of another limit");
            }
        }
        return List.copyOf(quotas);
    }
}
