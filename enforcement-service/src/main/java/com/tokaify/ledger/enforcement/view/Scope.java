package com.tokaify.ledger.enforcement.view;

import com.tokaify.ledger.events.RateLimits;
import com.tokaify.ledger.events.net.IpRange;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Those of a token's terms that many tokens have in common: a million tokens have few different
 * ones, and {@link SharedTerms} gives equal ones the same object.
 *
 * @param models null is any
 * @param sources null is any
 * @param rateLimits null is none
 */
record Scope(
        String group,
        @Nullable Set<String> models,
        @Nullable List<IpRange> sources,
        @Nullable RateLimits rateLimits) {

    /** As every token begins. */
    static Scope of(String group) {
        return new Scope(group, null, null, null);
    }

    Scope withGroup(String value) {
        return new Scope(value, models, sources, rateLimits);
    }

    Scope withModels(@Nullable List<String> value) {
        return new Scope(group, value == null ? null : Set.copyOf(value), sources, rateLimits);
    }

    Scope withSources(@Nullable List<IpRange> value) {
        return new Scope(group, models, value == null ? null : List.copyOf(value), rateLimits);
    }

    Scope withRateLimits(@Nullable RateLimits value) {
        return new Scope(group, models, sources, value);
    }
}
