package com.tokaify.ledger.enforcement.view;

import com.tokaify.ledger.events.RateLimits;
import com.tokaify.ledger.events.net.IpRange;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a token is for and restricted to. Null is no restriction. Unlike the contract's {@link
 * com.tokaify.ledger.events.Restrictions} the models are a set to be asked, and sets and lists are
 * shared between tokens.
 *
 * @param quotaLimit units
 * @param models matched exactly
 * @param rateLimits how much may be used within a minute
 */
public record Terms(
        String group,
        @Nullable Long quotaLimit,
        @Nullable Set<String> models,
        @Nullable List<IpRange> sources,
        @Nullable Instant expiresAt,
        @Nullable RateLimits rateLimits) {

    /** Without rate limits, as every token begins. */
    public Terms(
            String group,
            @Nullable Long quotaLimit,
            @Nullable Set<String> models,
            @Nullable List<IpRange> sources,
            @Nullable Instant expiresAt) {
        this(group, quotaLimit, models, sources, expiresAt, null);
    }
}
