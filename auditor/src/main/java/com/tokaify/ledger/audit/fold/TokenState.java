package com.tokaify.ledger.audit.fold;

import com.tokaify.ledger.audit.core.LoggedEvent;
import com.tokaify.ledger.audit.core.Times;
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
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a token is after the events so far. Immutable. Strict: see {@link Contradiction}. */
public sealed interface TokenState {

    /** Nothing has happened yet. */
    record Unborn() implements TokenState {}

    record Live(TokenFacts facts) implements TokenState {}

    /**
     * Final but for usage that had happened before.
     *
     * @param facts as it was, with usage going on
     */
    record Deleted(TokenFacts facts) implements TokenState {}

    /** Empty of one that was never created. */
    default Optional<TokenFacts> known() {
        return switch (this) {
            case Unborn _ -> Optional.empty();
            case Live(TokenFacts facts) -> Optional.of(facts);
            case Deleted(TokenFacts facts) -> Optional.of(facts);
        };
    }

    /**
     * @param event what happened
     * @param logged the same as it lies in the ledger
     * @throws Contradiction where it cannot have
     */
    static TokenState evolve(TokenState state, LoggedEvent logged, TokenEvent event) {
        return switch (state) {
            case Live(TokenFacts facts) ->
                    event instanceof TokenDeleted
                            ? new Deleted(facts.set(logged, facts.standing()))
                            : new Live(living(facts, logged, event));
            case Deleted(TokenFacts facts) -> new Deleted(deleted(facts, logged, event));
            case Unborn _ -> {
                if (event instanceof TokenCreated created) {
                    yield new Live(TokenFacts.of(logged, created));
                }
                throw new Contradiction("the token was never created");
            }
        };
    }

    private static TokenFacts living(TokenFacts facts, LoggedEvent logged, TokenEvent event) {
        TokenSettings settings = facts.settings();
        Standing standing = facts.standing();
        Usage usage = facts.usage();
        return switch (event) {
            case QuotaConsumed consumed -> {
                requirePeriod(usage, logged);
                yield facts.used(logged, usage.consumed(consumed, logged.recordedAt()));
            }
            case QuotaRefunded refunded -> facts.used(logged, usage.refunded(refunded));
            case QuotaExhausted said -> {
                requireExhausted(
                        settings.restrictions().quotaLimit(), said.quotaLimit(), usage.counted());
                yield facts.used(logged, usage);
            }
            case ModelQuotaExhausted said -> {
                ModelUse use = usage.of(said.model());
                requireExhausted(
                        use == null ? null : (Long) use.quotaLimit(),
                        said.quotaLimit(),
                        use == null ? 0 : use.consumed());
                yield facts.used(logged, usage);
            }
            case QuotaPeriodStarted started -> facts.used(logged, usage.started(started));
            case SecretRevealed _ -> facts.used(logged, usage);
            case TokenImported imported -> facts.imported(logged, imported.source());
            case TokenRenamed(String name) -> facts.set(logged, settings.named(name));
            case TokenGroupChanged(String group) -> facts.set(logged, settings.inGroup(group));
            case QuotaLimitChanged changed ->
                    facts.set(logged, settings.limited(changed.quotaLimit()));
            case ModelAccessChanged changed -> facts.set(logged, settings.using(changed.models()));
            case IpAllowlistChanged changed ->
                    facts.set(logged, settings.usedFrom(changed.ipAllowlist()));
            case ExpirationChanged changed ->
                    facts.changed(
                            logged,
                            settings.expiring(changed.expiresAt()),
                            standing.expired(false),
                            usage);
            case RateLimitsChanged changed ->
                    facts.set(logged, settings.within(changed.rateLimits()));
            case QuotaPeriodChanged changed ->
                    facts.set(logged, usage.every(changed.quotaPeriod()));
            case ModelQuotasChanged changed ->
                    facts.set(logged, usage.limiting(changed.modelQuotas()));
            case TokenEnabled _ -> facts.set(logged, standing.on());
            case TokenDisabled disabled -> facts.set(logged, standing.off(disabled.reason()));
            case TokenExpired(Instant expiresAt) -> {
                if (standing.expired() || !expiresAt.equals(settings.restrictions().expiresAt())) {
                    throw new Contradiction("the token does not expire at " + expiresAt);
                }
                yield facts.set(logged, standing.expired(true));
            }
            case SecretRotated rotated ->
                    facts.set(logged, settings.rotated(rotated.lookupHash(), rotated.mask()));
            case TokenCreated _ -> throw new Contradiction("the token exists already");
            case TokenDeleted _ -> throw new IllegalStateException("told before");
        };
    }

    private static TokenFacts deleted(TokenFacts facts, LoggedEvent logged, TokenEvent event) {
        Usage usage = facts.usage();
        return switch (event) {
            case QuotaConsumed consumed ->
                    facts.used(logged, usage.consumed(consumed, logged.recordedAt()));
            case QuotaRefunded refunded -> facts.used(logged, usage.refunded(refunded));
            case TokenCreated _,
                    TokenRenamed _,
                    TokenGroupChanged _,
                    QuotaLimitChanged _,
                    ModelAccessChanged _,
                    IpAllowlistChanged _,
                    ExpirationChanged _,
                    QuotaPeriodChanged _,
                    QuotaPeriodStarted _,
                    ModelQuotasChanged _,
                    RateLimitsChanged _,
                    TokenEnabled _,
                    TokenDisabled _,
                    TokenExpired _,
                    TokenDeleted _,
                    TokenImported _,
                    SecretRevealed _,
                    SecretRotated _,
                    QuotaExhausted _,
                    ModelQuotaExhausted _ ->
                    throw new Contradiction("the token was deleted, and that is final");
        };
    }

    /** Usage of a new period comes behind the event that begins it. */
    private static void requirePeriod(Usage usage, LoggedEvent logged) {
        if (usage.endsAt() != null && usage.isPeriodOver(Times.parse(logged.recordedAt()))) {
            throw new Contradiction(
                    "the period ended at " + usage.endsAt() + ", and no other was begun");
        }
    }

    private static void requireExhausted(@Nullable Long limit, long said, long counted) {
        if (limit == null || limit != said) {
            throw new Contradiction("the limit is " + limit + " and not " + said);
        }
        if (counted < limit) {
            throw new Contradiction("of " + limit + " units only " + counted + " are consumed");
        }
    }
}
