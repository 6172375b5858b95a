package com.tokaify.ledger.query.token;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.tokaify.ledger.events.QuotaPeriod;
import com.tokaify.ledger.events.RateLimits;
import com.tokaify.ledger.events.id.AccountId;
import com.tokaify.ledger.events.id.TokenId;
import com.tokaify.ledger.events.net.IpRange;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A token as callers see it at an instant. Amounts are units; null is unlimited, any, none or
 * never.
 *
 * @param consumed what counts under the limit: units of the running period, or of all the token's
 *     life where it has no periods
 * @param remaining what is left of the limit; never below zero, though usage may have overrun it
 * @param quotaPeriod how often the quota begins anew
 * @param periodEndsAt when it does so next
 * @param modelQuotas limits of single models, and what counts under each
 * @param rateLimits how much may be used within a minute at each instance that guards it
 * @param totalConsumed units over all the token's life
 * @param importedFrom the system it was taken over from; null where it was created here
 * @param sequence of the last event in it; the answer's {@code ETag}
 * @param asOf when it was so; absent is now
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
        @Nullable QuotaPeriod quotaPeriod,
        @Nullable Instant periodEndsAt,
        @Nullable List<ModelUse> modelQuotas,
        long totalConsumed,
        @Nullable List<String> models,
        @Nullable List<IpRange> ipAllowlist,
        @Nullable Instant expiresAt,
        @Nullable RateLimits rateLimits,
        @Nullable String importedFrom,
        Instant createdAt,
        Instant changedAt,
        @Nullable Instant lastUsedAt,
        long sequence,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Instant asOf) {

    /**
     * What the clock makes of a token.
     *
     * @param periodOver whether the last period that was begun has ended
     * @param consumed what counts under the token's limit
     */
    record AsOf(Instant now, TokenStatus status, boolean periodOver, long consumed) {

        /** The same that the table's SQL says of a token that is as it is now. */
        private static AsOf of(TokenState state, Instant then) {
            Counting counting = state.usage().counting();
            long consumed = counting.counted(state.usage().total(), then);
            return new AsOf(
                    then,
                    TokenStatus.of(state, consumed, then),
                    counting.isPeriodOver(then),
                    consumed);
        }
    }

    /** A token as it was. */
    public static TokenItem then(TokenState state, Instant then) {
        return of(state, AsOf.of(state, then), then);
    }

    static TokenItem of(TokenState state, AsOf asOf) {
        return of(state, asOf, null);
    }

    private static TokenItem of(TokenState state, AsOf asOf, @Nullable Instant then) {
        TokenState.Settings settings = state.settings();
        Counting counting = state.usage().counting();
        Long limit = settings.restrictions().quotaLimit();
        return new TokenItem(
                state.tokenId(),
                state.accountId(),
                settings.name(),
                settings.group(),
                asOf.status(),
                state.standing().disabledReason(),
                settings.mask(),
                limit,
                asOf.consumed(),
                limit == null ? null : Math.max(0, limit - asOf.consumed()),
                counting.quotaPeriod(),
                periodEndsAt(counting, asOf),
                modelQuotas(counting.models(), asOf),
                state.usage().total(),
                settings.restrictions().models(),
                settings.restrictions().ipAllowlist(),
                settings.restrictions().expiresAt(),
                settings.rateLimits(),
                state.importedFrom(),
                state.createdAt(),
                state.changedAt(),
                state.usage().lastUsedAt(),
                state.sequence(),
                then);
    }

    /** A period nothing was consumed in has no event: its end is worked out. */
    private static @Nullable Instant periodEndsAt(Counting counting, AsOf asOf) {
        QuotaPeriod period = counting.quotaPeriod();
        return period == null || !asOf.periodOver()
                ? counting.endsAt()
                : period.at(asOf.now()).endsAt();
    }

    private static @Nullable List<ModelUse> modelQuotas(List<ModelUse> models, AsOf asOf) {
        if (models.isEmpty()) {
            return null;
        }
        return asOf.periodOver() ? models.stream().map(ModelUse::anew).toList() : models;
    }
}
