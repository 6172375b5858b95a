package com.tokaify.ledger.enforcement.view;

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
 */
public record Terms(
        String group,
        @Nullable Long quotaLimit,
        @Nullable Set<String> models,
        @Nullable List<IpRange> sources,
        @Nullable Instant expiresAt) {

    Terms withGroup(String value) {
        return new Terms(value, quotaLimit, models, sources, expiresAt);
    }

    Terms withQuotaLimit(@Nullable Long value) {
        return new Terms(group, value, models, sources, expiresAt);
    }

    Terms withModels(@Nullable Set<String> value) {
        return new Terms(group, quotaLimit, value, sources, expiresAt);
    }

    Terms withSources(@Nullable List<IpRange> value) {
        return new Terms(group, quotaLimit, models, value, expiresAt);
    }

    Terms withExpiresAt(@Nullable Instant value) {
        return new Terms(group, quotaLimit, models, sources, value);
    }
}
