package com.tokaify.ledger.audit.fold;

import com.tokaify.ledger.events.QuotaPeriod;
import com.tokaify.ledger.events.RateLimits;
import com.tokaify.ledger.events.Restrictions;
import com.tokaify.ledger.events.net.IpRange;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A token as it was at an instant, in the words query-service tells it in, so that the two can be
 * held side by side. Amounts are units; null is unlimited, any, none or never.
 *
 * @param status enabled, disabled, expired, or exhausted
 * @param consumed what counts under the limit
 * @param sequence of the last event in it
 * @param asOf the instant
 */
public record TokenThen(
        String tokenId,
        String accountId,
        String name,
        String group,
        String status,
        @Nullable String disabledReason,
        String mask,
        @Nullable Long quotaLimit,
        long consumed,
        @Nullable Long remaining,
        @Nullable QuotaPeriod quotaPeriod,
        @Nullable Instant periodEndsAt,
        @Nullable List<ModelUse> modelQuotas,
        long totalConsumed,
        @Nullable List<String> models,
        @Nullable List<IpRange> ipAllowlist,
        @Nullable Instant expiresAt,
        @Nullable RateLimits rateLimits,
        @Nullable String importedFrom,
        String createdAt,
        String changedAt,
        @Nullable String lastUsedAt,
        long sequence,
        Instant asOf,
        boolean deleted) {

    /**
     * @throws IllegalArgumentException of a token that was never created
     */
    public static TokenThen of(TokenState state, Instant at) {
        return switch (state) {
            case TokenState.Live(TokenFacts facts) -> of(facts, false, at);
            case TokenState.Deleted(TokenFacts facts) -> of(facts, true, at);
            case TokenState.Unborn _ -> throw new IllegalArgumentException("there was no token");
        };
    }

    private static TokenThen of(TokenFacts facts, boolean deleted, Instant at) {
        TokenSettings settings = facts.settings();
        Restrictions restrictions = settings.restrictions();
        Usage usage = facts.usage();
        Long limit = restrictions.quotaLimit();
        long consumed = usage.counted(at);
        List<ModelUse> models = usage.models(at);
        return new TokenThen(
                facts.tokenId(),
                facts.accountId(),
                settings.name(),
                settings.group(),
                status(facts, consumed, at),
                facts.standing().disabledReason(),
                settings.mask(),
                limit,
                consumed,
                limit == null ? null : (Long) Math.max(0, limit - consumed),
                usage.period(),
                periodEnd(usage, at),
                models.isEmpty() ? null : models,
                usage.total(),
                restrictions.models(),
                restrictions.ipAllowlist(),
                restrictions.expiresAt(),
                settings.rateLimits(),
                facts.importedFrom(),
                facts.createdAt(),
                facts.changedAt(),
                usage.lastUsedAt(),
                facts.sequence(),
                at,
                deleted);
    }

    /** What a check would say first. */
    private static String status(TokenFacts facts, long consumed, Instant at) {
        Restrictions restrictions = facts.settings().restrictions();
        Instant expiresAt = restrictions.expiresAt();
        Long limit = restrictions.quotaLimit();
        if (!facts.standing().enabled()) {
            return "disabled";
        }
        if (facts.standing().expired() || (expiresAt != null && !at.isBefore(expiresAt))) {
            return "expired";
        }
        return limit != null && consumed >= limit ? "exhausted" : "enabled";
    }

    /** A period nothing was consumed in was begun by no event. */
    private static @Nullable Instant periodEnd(Usage usage, Instant at) {
        QuotaPeriod period = usage.period();
        return period != null && usage.isPeriodOver(at) ? period.at(at).endsAt() : usage.endsAt();
    }
}
