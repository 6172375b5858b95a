package com.tokaify.ledger.query.token;

import com.tokaify.ledger.events.RateLimits;
import com.tokaify.ledger.events.RecordedEvent;
import com.tokaify.ledger.events.Restrictions;
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
import com.tokaify.ledger.events.id.TokenId;
import com.tokaify.ledger.query.projection.BrokenStream;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a token is after the events so far: a fold, and nothing but.
 *
 * @param importedFrom the system it was taken over from; null where it was created here
 * @param changedAt when somebody last changed it; usage and looking at the secret change nothing
 * @param sequence of the last event in it
 */
public record TokenState(
        TokenId tokenId,
        AccountId accountId,
        @Nullable String importedFrom,
        Settings settings,
        Standing standing,
        Usage usage,
        Instant createdAt,
        Instant changedAt,
        long sequence) {

    /** What people choose, and the mask of the secret they got. */
    public record Settings(
            String name,
            String group,
            Restrictions restrictions,
            @Nullable RateLimits rateLimits,
            String mask) {

        private Settings named(String newName) {
            return new Settings(newName, group, restrictions, rateLimits, mask);
        }

        private Settings grouped(String newGroup) {
            return new Settings(name, newGroup, restrictions, rateLimits, mask);
        }

        private Settings restricted(Restrictions newRestrictions) {
            return new Settings(name, group, newRestrictions, rateLimits, mask);
        }

        private Settings within(@Nullable RateLimits newLimits) {
            return new Settings(name, group, restrictions, newLimits, mask);
        }

        private Settings masked(String newMask) {
            return new Settings(name, group, restrictions, rateLimits, newMask);
        }
    }

    /** The facts a status is made of, apart from the clock and the quota. */
    public record Standing(
            boolean enabled, @Nullable String disabledReason, boolean expired, boolean deleted) {
        private static final Standing NEW = new Standing(true, null, false, false);

        private Standing switchedOn() {
            return new Standing(true, null, expired, deleted);
        }

        private Standing switchedOff(@Nullable String reason) {
            return new Standing(false, reason, expired, deleted);
        }

        private Standing withExpired(boolean nowExpired) {
            return new Standing(enabled, disabledReason, nowExpired, deleted);
        }

        private Standing removed() {
            return new Standing(enabled, disabledReason, expired, true);
        }
    }

    /**
     * @param total units over all the token's life, refunds subtracted
     * @param counting what of it counts under the token's limits
     */
    public record Usage(long total, Counting counting, @Nullable Instant lastUsedAt) {
        private static final Usage NONE = new Usage(0, Counting.PLAIN, null);

        private Usage counted(Counting newCounting) {
            return new Usage(total, newCounting, lastUsedAt);
        }
    }

    /**
     * The state that begins a token's stream.
     *
     * @throws BrokenStream where the stream begins with anything else
     */
    public static TokenState begin(TokenId tokenId, RecordedEvent recorded, TokenEvent event) {
        if (!(event
                instanceof
                TokenCreated(
                        AccountId accountId,
                        String name,
                        String group,
                        Restrictions restrictions,
                        var _,
                        String mask))) {
            throw new BrokenStream(recorded, "the token was never created");
        }
        return new TokenState(
                tokenId,
                accountId,
                null,
                new Settings(name, group, restrictions, null, mask),
                Standing.NEW,
                Usage.NONE,
                recorded.recordedAt(),
                recorded.recordedAt(),
                recorded.sequence());
    }

    /**
     * @throws BrokenStream where the token is created again
     */
    public TokenState evolve(RecordedEvent recorded, TokenEvent event) {
        Restrictions now = settings.restrictions();
        return switch (event) {
            case TokenCreated _ -> throw new BrokenStream(recorded, "the token exists already");
            case TokenRenamed(String name) -> changed(recorded, settings.named(name), standing);
            case TokenGroupChanged(String group) ->
                    changed(recorded, settings.grouped(group), standing);
            case QuotaLimitChanged(Long limit) ->
                    restricted(
                            recorded,
                            new Restrictions(
                                    limit, now.models(), now.ipAllowlist(), now.expiresAt()));
            case ModelAccessChanged(var models) ->
                    restricted(
                            recorded,
                            new Restrictions(
                                    now.quotaLimit(), models, now.ipAllowlist(), now.expiresAt()));
            case IpAllowlistChanged(var ranges) ->
                    restricted(
                            recorded,
                            new Restrictions(
                                    now.quotaLimit(), now.models(), ranges, now.expiresAt()));
            case ExpirationChanged(Instant at) ->
                    changed(
                            recorded,
                            settings.restricted(
                                    new Restrictions(
                                            now.quotaLimit(), now.models(), now.ipAllowlist(), at)),
                            standing.withExpired(false));
            case RateLimitsChanged(var limits) ->
                    changed(recorded, settings.within(limits), standing);
            case TokenEnabled() -> changed(recorded, settings, standing.switchedOn());
            case TokenDisabled(String reason) ->
                    changed(recorded, settings, standing.switchedOff(reason));
            case TokenExpired _ -> changed(recorded, settings, standing.withExpired(true));
            case TokenDeleted() -> changed(recorded, settings, standing.removed());
            case SecretRotated rotated ->
                    changed(recorded, settings.masked(rotated.mask()), standing);
            case QuotaPeriodChanged(var period) ->
                    changed(recorded, usage.counted(usage.counting().every(period)));
            case ModelQuotasChanged(var quotas) ->
                    changed(recorded, usage.counted(usage.counting().limiting(quotas)));
            case QuotaPeriodStarted started ->
                    used(recorded, usage.counted(usage.counting().begun(started)));
            case QuotaConsumed consumed ->
                    used(
                            recorded,
                            new Usage(
                                    consumed.totalAfter(),
                                    usage.counting().after(consumed),
                                    recorded.recordedAt()));
            case QuotaRefunded refunded ->
                    used(
                            recorded,
                            new Usage(
                                    refunded.totalAfter(),
                                    usage.counting().after(refunded),
                                    usage.lastUsedAt()));
            case TokenImported imported -> imported(recorded, imported.source());
            // Follow from limits and counts, which are all here.
            case QuotaExhausted _, ModelQuotaExhausted _ -> used(recorded, usage);
            case SecretRevealed _ -> used(recorded, usage);
        };
    }

    private TokenState restricted(RecordedEvent recorded, Restrictions restrictions) {
        return changed(recorded, settings.restricted(restrictions), standing);
    }

    private TokenState changed(RecordedEvent recorded, Settings newSettings, Standing newStanding) {
        return next(recorded, importedFrom, newSettings, newStanding, usage, recorded.recordedAt());
    }

    private TokenState changed(RecordedEvent recorded, Usage newUsage) {
        return next(recorded, importedFrom, settings, standing, newUsage, recorded.recordedAt());
    }

    private TokenState used(RecordedEvent recorded, Usage newUsage) {
        return next(recorded, importedFrom, settings, standing, newUsage, changedAt);
    }

    private TokenState imported(RecordedEvent recorded, String source) {
        return next(recorded, source, settings, standing, usage, changedAt);
    }

    private TokenState next(
            RecordedEvent recorded,
            @Nullable String newImportedFrom,
            Settings newSettings,
            Standing newStanding,
            Usage newUsage,
            Instant newChangedAt) {
        return new TokenState(
                tokenId,
                accountId,
                newImportedFrom,
                newSettings,
                newStanding,
                newUsage,
                createdAt,
                newChangedAt,
                recorded.sequence());
    }
}
