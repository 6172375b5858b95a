package com.tokaify.ledger.command.token;

import com.tokaify.ledger.events.TokenEvent;
import com.tokaify.ledger.events.TokenEvent.ExpirationChanged;
import com.tokaify.ledger.events.TokenEvent.IpAllowlistChanged;
import com.tokaify.ledger.events.TokenEvent.ModelAccessChanged;
import com.tokaify.ledger.events.TokenEvent.ModelQuotaExhausted;
import com.tokaify.ledger.events.TokenEvent.ModelQuotasChanged;
import com.tokaify.ledger.events.TokenEvent.QuotaConsumed;
import com.tokaify.ledger.events.TokenEvent.QuotaExhausted;
import com.tokaify.ledger.events.TokenEvent.QuotaLimitChanged;
import com.tokaify.ledger.events.TokenEvent.QuotaPeriodChanged;
import com.tokaify.ledger.events.TokenEvent.QuotaPeriodStarted;
import com.tokaify.ledger.events.TokenEvent.QuotaRefunded;
import com.tokaify.ledger.events.TokenEvent.RateLimitsChanged;
import com.tokaify.ledger.events.TokenEvent.SecretRevealed;
import com.tokaify.ledger.events.TokenEvent.SecretRotated;
import com.tokaify.ledger.events.TokenEvent.TokenCreated;
import com.tokaify.ledger.events.TokenEvent.TokenDeleted;
import com.tokaify.ledger.events.TokenEvent.TokenDisabled;
import com.tokaify.ledger.events.TokenEvent.TokenEnabled;
import com.tokaify.ledger.events.TokenEvent.TokenExpired;
import com.tokaify.ledger.events.TokenEvent.TokenGroupChanged;
import com.tokaify.ledger.events.TokenEvent.TokenImported;
import com.tokaify.ledger.events.TokenEvent.TokenRenamed;
import com.tokaify.ledger.events.id.AccountId;
import java.time.Instant;

/** What decisions about a token need to know, and how each event changes it. Immutable. */
sealed interface TokenState {
    /** All usage counts: {@code countsFrom} of a token without periods. */
    long ALWAYS = -1;

    /** Nothing has happened yet. */
    record Unborn() implements TokenState {}

    /**
     * @param expired whether the ledger has recorded that the token's time has come
     * @param secretVersion counts the token's secrets, from 1
     * @param countsFrom the sequence of the event that began the running period: usage counts where
     *     it was booked after it
     */
    record Live(
            AccountId accountId,
            Profile profile,
            boolean enabled,
            boolean expired,
            int secretVersion,
            Quota quota,
            long countsFrom)
            implements TokenState {

        TokenSettings settings() {
            return new TokenSettings(
                    profile.name(),
                    profile.group(),
                    quota.limit(),
                    profile.models(),
                    profile.ipAllowlist(),
                    profile.expiresAt(),
                    quota.period(),
                    quota.modelQuotas(),
                    profile.rateLimits());
        }

        boolean hasExpired(Instant at) {
            Instant expiresAt = profile.expiresAt();
            return expired || (expiresAt != null && !expiresAt.isAfter(at));
        }

        private Live with(Profile changed) {
            return new Live(accountId, changed, enabled, expired, secretVersion, quota, countsFrom);
        }

        private Live with(Quota changed) {
            return with(changed, countsFrom);
        }

        private Live with(Quota changed, long since) {
            return new Live(accountId, profile, enabled, expired, secretVersion, changed, since);
        }

        private Live switched(boolean on) {
            return new Live(accountId, profile, on, expired, secretVersion, quota, countsFrom);
        }

        private Live expired(boolean recorded) {
            return new Live(
                    accountId, profile, enabled, recorded, secretVersion, quota, countsFrom);
        }

        private Live rotated() {
            return new Live(
                    accountId, profile, enabled, expired, secretVersion + 1, quota, countsFrom);
        }
    }

    /**
     * Final. Usage that had happened before is still booked and given back.
     *
     * @param countsFrom as it was
     */
    record Deleted(AccountId accountId, long total, long countsFrom) implements TokenState {}

    /**
     * @param sequence the event's place in the stream
     */
    static TokenState evolve(TokenState state, TokenEvent event, long sequence) {
        return switch (state) {
            case Unborn _ -> born(event);
            case Live live -> living(live, event, sequence);
            case Deleted deleted -> deleted(deleted, event);
        };
    }

    private static TokenState born(TokenEvent event) {
        if (event instanceof TokenCreated created) {
            return new Live(
                    created.accountId(),
                    Profile.of(created),
                    true,
                    false,
                    1,
                    Quota.of(created.restrictions().quotaLimit()),
                    ALWAYS);
        }
        throw impossible("an unborn token", event);
    }

    private static TokenState living(Live live, TokenEvent event, long sequence) {
        Profile profile = live.profile();
        Quota quota = live.quota();
        return switch (event) {
            case TokenCreated created -> throw impossible("a live token", created);
            case TokenRenamed renamed -> live.with(profile.named(renamed.name()));
            case TokenGroupChanged changed -> live.with(profile.inGroup(changed.group()));
            case ModelAccessChanged changed -> live.with(profile.using(changed.models()));
            case IpAllowlistChanged changed -> live.with(profile.usedFrom(changed.ipAllowlist()));
            case ExpirationChanged changed ->
                    live.expired(false).with(profile.expiring(changed.expiresAt()));
            case QuotaLimitChanged changed -> live.with(quota.limited(changed.quotaLimit()));
            case QuotaPeriodChanged changed ->
                    live.with(
                            quota.every(changed.quotaPeriod()),
                            changed.quotaPeriod() == null ? ALWAYS : live.countsFrom());
            case QuotaPeriodStarted started -> {
                if (quota.period() == null) {
                    throw impossible("a token without periods", started);
                }
                yield live.with(quota.started(started), sequence);
            }
            case ModelQuotasChanged changed ->
                    live.with(quota.limitingModels(changed.modelQuotas()));
            case RateLimitsChanged changed -> live.with(profile.within(changed.rateLimits()));
            case TokenEnabled _ -> live.switched(true);
            case TokenDisabled _ -> live.switched(false);
            case TokenExpired _ -> live.expired(true);
            case TokenDeleted _ -> new Deleted(live.accountId(), quota.total(), live.countsFrom());
            case SecretRotated _ -> live.rotated();
            case QuotaConsumed consumed -> live.with(quota.consumed(consumed));
            case QuotaRefunded refunded -> live.with(quota.refunded(refunded));
            case QuotaExhausted _ -> live.with(quota.saidExhausted());
            case ModelQuotaExhausted said -> live.with(quota.saidExhausted(said.model()));
            case TokenImported _, SecretRevealed _ -> live;
        };
    }

    private static TokenState deleted(Deleted deleted, TokenEvent event) {
        return switch (event) {
            case QuotaConsumed consumed ->
                    new Deleted(deleted.accountId(), consumed.totalAfter(), deleted.countsFrom());
            case QuotaRefunded refunded ->
                    new Deleted(deleted.accountId(), refunded.totalAfter(), deleted.countsFrom());
            case TokenCreated _,
                    TokenRenamed _,
                    TokenGroupChanged _,
                    QuotaLimitChanged _,
                    ModelAccessChanged _,
                    IpAllowlistChanged _,
                    ExpirationChanged _,
                    TokenEnabled _,
                    TokenDisabled _,
                    TokenExpired _,
                    TokenDeleted _,
                    TokenImported _,
                    QuotaPeriodChanged _,
                    QuotaPeriodStarted _,
                    ModelQuotasChanged _,
                    ModelQuotaExhausted _,
                    RateLimitsChanged _,
                    SecretRevealed _,
                    SecretRotated _,
                    QuotaExhausted _ ->
                    throw impossible("a deleted token", event);
        };
    }

    private static IllegalStateException impossible(String whom, TokenEvent event) {
        return new IllegalStateException(
                event.getClass().getSimpleName() + " cannot happen to " + whom);
    }
}
