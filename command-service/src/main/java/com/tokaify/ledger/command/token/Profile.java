package com.tokaify.ledger.command.token;

import com.tokaify.ledger.events.RateLimits;
import com.tokaify.ledger.events.Restrictions;
import com.tokaify.ledger.events.TokenEvent.TokenCreated;
import com.tokaify.ledger.events.net.IpRange;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What people set of a token beside its quota. Null is no restriction. */
record Profile(
        String name,
        String group,
        @Nullable List<String> models,
        @Nullable List<IpRange> ipAllowlist,
        @Nullable Instant expiresAt,
        @Nullable RateLimits rateLimits) {

    static Profile of(TokenCreated created) {
        Restrictions restrictions = created.restrictions();
        return new Profile(
                created.name(),
                created.group(),
                restrictions.models(),
                restrictions.ipAllowlist(),
                restrictions.expiresAt(),
                null);
    }

    boolean allows(String model) {
        return models == null || models.contains(model);
    }

    Profile named(String changed) {
        return new Profile(changed, group, models, ipAllowlist, expiresAt, rateLimits);
    }

    Profile inGroup(String changed) {
        return new Profile(name, changed, models, ipAllowlist, expiresAt, rateLimits);
    }

    Profile using(@Nullable List<String> changed) {
        return new Profile(name, group, changed, ipAllowlist, expiresAt, rateLimits);
    }

    Profile usedFrom(@Nullable List<IpRange> changed) {
        return new Profile(name, group, models, changed, expiresAt, rateLimits);
    }

    Profile expiring(@Nullable Instant changed) {
        return new Profile(name, group, models, ipAllowlist, changed, rateLimits);
    }

    Profile within(@Nullable RateLimits changed) {
        return new Profile(name, group, models, ipAllowlist, expiresAt, changed);
    }
}
