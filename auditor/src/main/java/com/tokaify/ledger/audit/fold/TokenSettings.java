package com.tokaify.ledger.audit.fold;

import com.tokaify.ledger.events.RateLimits;
import com.tokaify.ledger.events.Restrictions;
import com.tokaify.ledger.events.net.IpRange;
import com.tokaify.ledger.events.secret.LookupHash;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What people chose of a token, and the secret they got for it as far as events know it. */
public record TokenSettings(
        String name,
        String group,
        Restrictions restrictions,
        @Nullable RateLimits rateLimits,
        String mask,
        LookupHash lookupHash) {

    TokenSettings named(String changed) {
        return new TokenSettings(changed, group, restrictions, rateLimits, mask, lookupHash);
    }

    TokenSettings inGroup(String changed) {
        return new TokenSettings(name, changed, restrictions, rateLimits, mask, lookupHash);
    }

    TokenSettings limited(@Nullable Long quotaLimit) {
        return with(
                new Restrictions(
                        quotaLimit,
                        restrictions.models(),
                        restrictions.ipAllowlist(),
                        restrictions.expiresAt()));
    }

    TokenSettings using(@Nullable List<String> models) {
        return with(
                new Restrictions(
                        restrictions.quotaLimit(),
                        models,
                        restrictions.ipAllowlist(),
                        restrictions.expiresAt()));
    }

    TokenSettings usedFrom(@Nullable List<IpRange> ipAllowlist) {
        return with(
                new Restrictions(
                        restrictions.quotaLimit(),
                        restrictions.models(),
                        ipAllowlist,
                        restrictions.expiresAt()));
    }

    TokenSettings expiring(@Nullable Instant expiresAt) {
        return with(
                new Restrictions(
                        restrictions.quotaLimit(),
                        restrictions.models(),
                        restrictions.ipAllowlist(),
                        expiresAt));
    }

    TokenSettings within(@Nullable RateLimits limits) {
        return new TokenSettings(name, group, restrictions, limits, mask, lookupHash);
    }

    TokenSettings rotated(LookupHash newHash, String newMask) {
        return new TokenSettings(name, group, restrictions, rateLimits, newMask, newHash);
    }

    private TokenSettings with(Restrictions changed) {
        return new TokenSettings(name, group, changed, rateLimits, mask, lookupHash);
    }
}
