package com.tokaify.ledger.enforcement.view;

import com.tokaify.ledger.enforcement.view.Counting.ModelCount;
import com.tokaify.ledger.enforcement.view.Counting.Period;
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
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a check has to know of a token, after some event of its stream. Immutable: an event makes a
 * new one, so whoever holds one sees a single moment of the token.
 *
 * @param consumed units over all the token's life, refunds subtracted
 * @param counting what of them counts under limits
 */
public record TokenState(
        Standing standing, Terms terms, Secrets secrets, long consumed, Counting counting) {

    static TokenState first(TokenCreated event, SharedTerms shared) {
        return new TokenState(
                Standing.NEW,
                new Terms(
                        shared.group(event.group()),
                        event.restrictions().quotaLimit(),
                        shared.models(event.restrictions().models()),
                        shared.sources(event.restrictions().ipAllowlist()),
                        event.restrictions().expiresAt()),
                new Secrets.Single(event.lookupHash()),
                0,
                Counting.PLAIN);
    }

    /**
     * The state after the next event of the stream.
     *
     * @throws Contradiction where the event cannot follow
     */
    TokenState after(TokenEvent event, SharedTerms shared) {
        return switch (event) {
            case TokenCreated _ -> throw new Contradiction("the token was created before");
            case TokenGroupChanged e -> with(terms.withGroup(shared.group(e.group())));
            case QuotaLimitChanged e -> with(terms.withQuotaLimit(e.quotaLimit()));
            case ModelAccessChanged e -> with(terms.withModels(shared.models(e.models())));
            case IpAllowlistChanged e -> with(terms.withSources(shared.sources(e.ipAllowlist())));
            case ExpirationChanged e ->
                    with(standing.withExpired(false)).with(terms.withExpiresAt(e.expiresAt()));
            case TokenEnabled _ -> with(standing.withEnabled(true));
            case TokenDisabled _ -> with(standing.withEnabled(false));
            case TokenExpired _ -> with(standing.withExpired(true));
            case TokenDeleted _ -> with(standing.withDeleted());
            case SecretRotated e -> with(secrets.rotated(e.lookupHash(), e.previousValidUntil()));
            case QuotaConsumed e ->
                    booked(
                            total(e.amount(), e.totalAfter()),
                            counting.adding(e.model(), e.amount()));
            case QuotaRefunded e ->
                    booked(
                            total(-e.amount(), e.totalAfter()),
                            e.currentPeriod()
                                    ? counting.adding(e.model(), -e.amount())
                                    : counting.givenBackBefore(e.amount()));
            // What counted still does until the first period of the new rhythm is begun.
            case QuotaPeriodChanged e ->
                    e.quotaPeriod() == null ? with(counting.withoutPeriod()) : this;
            case QuotaPeriodStarted e ->
                    with(counting.begun(new Period(e.endsAt(), total(0, e.totalBefore()))));
            case RateLimitsChanged e -> with(terms.withRateLimits(e.rateLimits()));
            case ModelQuotasChanged e -> with(counting.limiting(e.modelQuotas()));
            // No check asks for a name, for who saw the secret or where the token comes from;
            // exhaustion follows from limits and what counts under them.
            case TokenRenamed _,
                    SecretRevealed _,
                    TokenImported _,
                    QuotaExhausted _,
                    ModelQuotaExhausted _ ->
                    this;
        };
    }

    /**
     * Units left for a call of the model: under the token's own limit, or under the model's where
     * fewer are. Never negative; null is unlimited.
     *
     * @param model null where nobody knows it
     */
    public @Nullable Long remaining(@Nullable String model, Instant now) {
        Long ofToken = remaining(now);
        Long ofModel = remainingOf(model, now);
        if (ofToken == null || ofModel == null) {
            return ofToken == null ? ofModel : ofToken;
        }
        return Math.min(ofToken, ofModel);
    }

    /** Units left under the token's own limit, never negative; null is unlimited. */
    public @Nullable Long remaining(Instant now) {
        Long limit = terms.quotaLimit();
        return limit == null ? null : left(limit, counting.counted(consumed, now));
    }

    /** Units left under the limit of one model, never negative; null is unlimited. */
    public @Nullable Long remainingOf(@Nullable String model, Instant now) {
        ModelCount count = model == null ? null : counting.model(model);
        return count == null ? null : left(count.quotaLimit(), counting.counted(count, now));
    }

    private static Long left(long limit, long counted) {
        return Math.max(0, limit - counted);
    }

    private TokenState with(Standing value) {
        return new TokenState(value, terms, secrets, consumed, counting);
    }

    private TokenState with(Terms value) {
        return new TokenState(standing, value, secrets, consumed, counting);
    }

    private TokenState with(Secrets value) {
        return new TokenState(standing, terms, value, consumed, counting);
    }

    private TokenState with(Counting value) {
        return booked(consumed, value);
    }

    private TokenState booked(long total, Counting value) {
        return new TokenState(standing, terms, secrets, total, value);
    }

    /** The total the event speaks of, where it follows from the one before. */
    private long total(long change, long said) {
        if (consumed + change != said) {
            throw new Contradiction(
                    "consumed were "
                            + consumed
                            + ", the change is "
                            + change
                            + ", the event says "
                            + said
                            + " after it");
        }
        return said;
    }
}
