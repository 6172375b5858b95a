package com.tokaify.ledger.events;

import com.tokaify.ledger.events.net.IpRange;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a token is restricted to. Null is no restriction.
 *
 * @param quotaLimit units the token may consume in all
 * @param models the only models it may use, matched exactly
 * @param ipAllowlist the only source addresses it may be used from
 * @param expiresAt the instant from which it is refused
 */
public record Restrictions(
        @Nullable Long quotaLimit,
        @Nullable List<String> models,
        @Nullable List<IpRange> ipAllowlist,
        @Nullable Instant expiresAt) {

    public static final Restrictions NONE = new Restrictions(null, null, null, null);

    public Restrictions {
        FieldRules.optionalLimit("quotaLimit", quotaLimit);
        models = FieldRules.optionalModels("models", models);
        ipAllowlist = IpRange.optionalAllowlist("ipAllowlist", ipAllowlist);
        FieldRules.optionalInstant("expiresAt", expiresAt);
    }
}
