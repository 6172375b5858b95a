package com.tokaify.ledger.enforcement.view;

import com.tokaify.ledger.enforcement.view.Counting.ModelCount;
import com.tokaify.ledger.enforcement.view.Counting.Period;
import com.tokaify.ledger.events.RateLimits;
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
import com.tokaify.ledger.events.net.IpRange;
import com.tokaify.ledger.events.secret.LookupHash;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a check has to know of a token, after some event of its stream. Immutable: an event makes a
 * new one, so whoever holds one sees a single moment of the token.
 *
 * <p>Packed, since there are millions: numbers lie in it as numbers, what many tokens have in
 * common is a reference to one object, and what few have is a reference that is mostly null.
 * Decision 0017 has the layout. Checks ask single fields and make nothing; {@link #terms} and
 * {@link #secrets} are made anew at each call, for those who are in no hurry.
 */
public sealed class TokenState permits TokenEntry {
    private static final long UNLIMITED = -1;
    private static final int STANDING = (1 << Standing.BITS) - 1;

    private final long keyA;
    private final long keyB;
    private final long quotaLimit;
    private final long expiresAtMicros;
    private final long consumed;

    /** Standing, and above it the nanoseconds of the expiry. */
    private final short bits;

    private final Scope scope;
    private final Counting counting;
    private final @Nullable PreviousSecret previous;

    /**
     * @param consumed units over all the token's life, refunds subtracted
     * @param counting what of them counts under limits
     */
    public TokenState(
            Standing standing, Terms terms, Secrets secrets, long consumed, Counting counting) {
        this(
                secrets.current().a(),
                secrets.current().b(),
                packed(terms.quotaLimit()),
                Expiry.micros(terms.expiresAt()),
                consumed,
                packed(standing, Expiry.nanos(terms.expiresAt())),
                new Scope(terms.group(), terms.models(), terms.sources(), terms.rateLimits()),
                counting,
                switch (secrets) {
                    case Secrets.Single _ -> null;
                    case Secrets.Rotated(_, LookupKey key, Instant until) ->
                            new PreviousSecret(key, until);
                });
    }

    /** As it lies in memory, and in a snapshot. */
    TokenState(
            long keyA,
            long keyB,
            long quotaLimit,
            long expiresAtMicros,
            long consumed,
            short bits,
            Scope scope,
            Counting counting,
            @Nullable PreviousSecret previous) {
        this.keyA = keyA;
        this.keyB = keyB;
        this.quotaLimit = quotaLimit;
        this.expiresAtMicros = expiresAtMicros;
        this.consumed = consumed;
        this.bits = bits;
        this.scope = scope;
        this.counting = counting;
        this.previous = previous;
    }

    TokenState(TokenState other) {
        this(
                other.keyA,
                other.keyB,
                other.quotaLimit,
                other.expiresAtMicros,
                other.consumed,
                other.bits,
                other.scope,
                other.counting,
                other.previous);
    }

    private static long packed(@Nullable Long limit) {
        return limit == null ? UNLIMITED : limit;
    }

    private static short packed(Standing standing, int nanos) {
        return (short) (standing.packed() | nanos << Standing.BITS);
    }

    static TokenState first(TokenCreated event, SharedTerms shared) {
        Instant expiresAt = event.restrictions().expiresAt();
        return new TokenState(
                event.lookupHash().a(),
                event.lookupHash().b(),
                packed(event.restrictions().quotaLimit()),
                Expiry.micros(expiresAt),
                0,
                packed(Standing.NEW, Expiry.nanos(expiresAt)),
                shared.scope(
                        Scope.of(event.group())
                                .withModels(event.restrictions().models())
                                .withSources(event.restrictions().ipAllowlist())),
                Counting.PLAIN,
                null);
    }

    /**
     * The state after the next event of the stream.
     *
     * @throws Contradiction where the event cannot follow
     */
    TokenState after(TokenEvent event, SharedTerms shared) {
        return switch (event) {
            case TokenCreated _ -> throw new Contradiction("the token was created before");
            case TokenGroupChanged e -> with(shared.scope(scope.withGroup(e.group())));
            case QuotaLimitChanged e -> withQuotaLimit(packed(e.quotaLimit()));
            case ModelAccessChanged e -> with(shared.scope(scope.withModels(e.models())));
            case IpAllowlistChanged e -> with(shared.scope(scope.withSources(e.ipAllowlist())));
            case ExpirationChanged e -> expiringAt(e.expiresAt());
            case TokenEnabled _ -> with(standing().withEnabled(true));
            case TokenDisabled _ -> with(standing().withEnabled(false));
            case TokenExpired _ -> with(standing().withExpired(true));
            case TokenDeleted _ -> with(standing().withDeleted());
            case SecretRotated e -> rotated(LookupKey.of(e.lookupHash()), e.previousValidUntil());
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
            case RateLimitsChanged e -> with(shared.scope(scope.withRateLimits(e.rateLimits())));
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

    public Standing standing() {
        return Standing.of(bits & STANDING);
    }

    public Terms terms() {
        return new Terms(group(), quotaLimit(), models(), sources(), expiresAt(), rateLimits());
    }

    public String group() {
        return scope.group();
    }

    /** The only models the token may use; null is any. */
    public @Nullable Set<String> models() {
        return scope.models();
    }

    /** The only addresses it may be used from; null is any. */
    public @Nullable List<IpRange> sources() {
        return scope.sources();
    }

    /** How much may be used within a minute; null is without limits. */
    public @Nullable RateLimits rateLimits() {
        return scope.rateLimits();
    }

    /** Units; null is unlimited. */
    public @Nullable Long quotaLimit() {
        return quotaLimit == UNLIMITED ? null : Long.valueOf(quotaLimit);
    }

    /** Null is never. */
    public @Nullable Instant expiresAt() {
        return Expiry.instant(expiresAtMicros, expiryNanos());
    }

    /** By the clock, from the very instant on. */
    public boolean isPastExpiry(Instant now) {
        return Expiry.hasCome(expiresAtMicros, expiryNanos(), now);
    }

    private int expiryNanos() {
        return bits >>> Standing.BITS;
    }

    public Secrets secrets() {
        LookupKey current = new LookupKey(keyA, keyB);
        return previous == null
                ? new Secrets.Single(current)
                : new Secrets.Rotated(current, previous.key(), previous.validUntil());
    }

    /** Which of the token's secrets this is, if it may still be used. */
    public Optional<UsedSecret> accept(LookupHash hash, Instant now) {
        if (hash.a() == keyA && hash.b() == keyB) {
            return UsedSecret.ACCEPTED_CURRENT;
        }
        return previous != null && previous.accepts(hash, now)
                ? UsedSecret.ACCEPTED_PREVIOUS
                : Optional.empty();
    }

    /** Units consumed over all the token's life, refunds subtracted. */
    public long consumed() {
        return consumed;
    }

    /** What of them counts under limits. */
    public Counting counting() {
        return counting;
    }

    long keyA() {
        return keyA;
    }

    long keyB() {
        return keyB;
    }

    @Nullable PreviousSecret previous() {
        return previous;
    }

    Scope scope() {
        return scope;
    }

    long packedQuotaLimit() {
        return quotaLimit;
    }

    long expiresAtMicros() {
        return expiresAtMicros;
    }

    short bits() {
        return bits;
    }

    /** Whether both are found by the same secrets, in grace or not. */
    boolean isFoundLike(TokenState other) {
        return keyA == other.keyA
                && keyB == other.keyB
                && Objects.equals(
                        previous == null ? null : previous.key(),
                        other.previous == null ? null : other.previous.key());
    }

    /** Units left under the token's own limit, never negative; null is unlimited. */
    public @Nullable Long remaining(Instant now) {
        return quotaLimit == UNLIMITED ? null : left(quotaLimit, counting.counted(consumed, now));
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
        return new TokenState(
                keyA,
                keyB,
                quotaLimit,
                expiresAtMicros,
                consumed,
                packed(value, expiryNanos()),
                scope,
                counting,
                previous);
    }

    private TokenState with(Scope value) {
        return new TokenState(
                keyA, keyB, quotaLimit, expiresAtMicros, consumed, bits, value, counting, previous);
    }

    private TokenState withQuotaLimit(long value) {
        return new TokenState(
                keyA, keyB, value, expiresAtMicros, consumed, bits, scope, counting, previous);
    }

    private TokenState expiringAt(@Nullable Instant value) {
        return new TokenState(
                keyA,
                keyB,
                quotaLimit,
                Expiry.micros(value),
                consumed,
                packed(standing().withExpired(false), Expiry.nanos(value)),
                scope,
                counting,
                previous);
    }

    private TokenState rotated(LookupKey next, @Nullable Instant currentValidUntil) {
        return new TokenState(
                next.a(),
                next.b(),
                quotaLimit,
                expiresAtMicros,
                consumed,
                bits,
                scope,
                counting,
                currentValidUntil == null
                        ? null
                        : new PreviousSecret(new LookupKey(keyA, keyB), currentValidUntil));
    }

    private TokenState with(Counting value) {
        return booked(consumed, value);
    }

    private TokenState booked(long total, Counting value) {
        return new TokenState(
                keyA, keyB, quotaLimit, expiresAtMicros, total, bits, scope, value, previous);
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

    /** Whosever they are: two tokens may be in the same state. */
    @Override
    public final boolean equals(@Nullable Object other) {
        if (this == other) {
            return true;
        }
        return other instanceof TokenState state
                && keyA == state.keyA
                && keyB == state.keyB
                && quotaLimit == state.quotaLimit
                && expiresAtMicros == state.expiresAtMicros
                && consumed == state.consumed
                && bits == state.bits
                && scope.equals(state.scope)
                && counting.equals(state.counting)
                && Objects.equals(previous, state.previous);
    }

    @Override
    public final int hashCode() {
        return Objects.hash(keyA, keyB, consumed, bits);
    }

    @Override
    public final String toString() {
        return standing() + " " + terms() + " " + secrets() + " " + consumed + " " + counting;
    }
}
