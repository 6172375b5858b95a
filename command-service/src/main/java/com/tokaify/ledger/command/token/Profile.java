package com.tokaify.ledger.command.token;

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
        @Nullable Instant expiresAt) {

    static Profile of(TokenCreated created) {
        Restrictions restrictions = created.restrictions();
        return new Profile(
                created.name(),
                created.group(),
                restrictions.models(),
                restrictions.ipAllowlist(),
                restrictions.expiresAt());
    }

    boolean allows(String model) {
        return models == null || models.contains(model);
    }

    Profile named(String changed) {
        return new Profile(changed, group, models, ipAllowlist, expiresAt);
    }

    Profile inGroup(String changed) {
        return new Profile(name, changed, models, ipAllowlist, expiresAt);
    }

    Profile using(@Nullable List<String> changed) {
        return new Profile(name, group, changed, ipAllowlist, expiresAt);
    }

    Profile usedFrom(@Nullable List<IpRange> changed) {
        return new Profile(name, group, models, changed, expiresAt);
    }

    Profile expiring(@Nullable Instant changed) {
        return new Profile(name, group, models, ipAllowlist, changed);
    }
}
