package com.tokaify.ledger.query.token;

import com.tokaify.ledger.events.id.AccountId;
import com.tokaify.ledger.events.id.TokenId;
import com.tokaify.ledger.events.net.IpRange;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A token as callers see it. Amounts are units; null is unlimited, any, or never.
 *
 * @param remaining what is left of the limit; never below zero, though usage may have overrun it
 * @param sequence of the last event in it; the answer's {@code ETag}
 */
public record TokenItem(
        TokenId tokenId,
        AccountId accountId,
        String name,
        String group,
        TokenStatus status,
        @Nullable String disabledReason,
        String mask,
        @Nullable Long quotaLimit,
        long consumed,
        @Nullable Long remaining,
        @Nullable List<String> models,
        @Nullable List<IpRange> ipAllowlist,
        @Nullable Instant expiresAt,
        Instant createdAt,
        Instant changedAt,
        @Nullable Instant lastUsedAt,
        long sequence) {

    static TokenItem of(TokenState state, TokenStatus status) {
        TokenState.Settings settings = state.settings();
        Long limit = settings.restrictions().quotaLimit();
        long consumed = state.usage().consumed();
        return new TokenItem(
                state.tokenId(),
                state.accountId(),
                settings.name(),
                settings.group(),
                status,
                state.standing().disabledReason(),
                settings.mask(),
                limit,
                consumed,
                limit == null ? null : Math.max(0, limit - consumed),
                settings.restrictions().models(),
                settings.restrictions().ipAllowlist(),
                settings.restrictions().expiresAt(),
                state.createdAt(),
                state.changedAt(),
                state.usage().lastUsedAt(),
                state.sequence());
    }
}
