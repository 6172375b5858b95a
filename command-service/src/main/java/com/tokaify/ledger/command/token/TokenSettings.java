package com.tokaify.ledger.command.token;

import com.tokaify.ledger.events.FieldRules;
import com.tokaify.ledger.events.ModelQuota;
import com.tokaify.ledger.events.QuotaPeriod;
import com.tokaify.ledger.events.RateLimits;
import com.tokaify.ledger.events.Restrictions;
import com.tokaify.ledger.events.net.IpRange;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Everything people set of a token. Null is no restriction: unlimited, any model, any address,
 * never.
 *
 * @param quotaLimit units the token may consume, in each period where it has periods
 * @param quotaPeriod how often the quota begins anew
 * @param modelQuotas limits of single models beside the token's own
 * @param rateLimits how much of it may be used within a minute
 */
public record TokenSettings(
        String name,
        String group,
        @Nullable Long quotaLimit,
        @Nullable List<String> models,
        @Nullable List<IpRange> ipAllowlist,
        @Nullable Instant expiresAt,
        @Nullable QuotaPeriod quotaPeriod,
        @Nullable List<ModelQuota> modelQuotas,
        @Nullable RateLimits rateLimits) {
    public TokenSettings {
        FieldRules.name("name", name);
        FieldRules.group("group", group);
        FieldRules.optionalLimit("quotaLimit", quotaLimit);
        models = FieldRules.optionalModels("models", models);
        ipAllowlist = IpRange.optionalAllowlist("ipAllowlist", ipAllowlist);
        FieldRules.optionalInstant("expiresAt", expiresAt);
        modelQuotas = ModelQuota.optionalList("modelQuotas", modelQuotas);
        rateLimits = RateLimits.orNone(rateLimits);
    }

    /**
     * Of a token that has neither periods, nor limits of single models, nor limits within a minute.
     */
    public static TokenSettings of(String name, String group, Restrictions restrictions) {
        return new TokenSettings(
                name,
                group,
                restrictions.quotaLimit(),
                restrictions.models(),
                restrictions.ipAllowlist(),
                restrictions.expiresAt(),
                null,
                null,
                null);
    }

    Restrictions restrictions() {
        return new Restrictions(quotaLimit, models, ipAllowlist, expiresAt);
    }

    /** Every model that is named, as one the token may use or as one with a limit. */
    Set<String> namedModels() {
        Set<String> named = new LinkedHashSet<>();
        if (models != null) {
            named.addAll(models);
        }
        if (modelQuotas != null) {
            modelQuotas.forEach(quota -> named.add(quota.model()));
        }
        return named;
    }
}
