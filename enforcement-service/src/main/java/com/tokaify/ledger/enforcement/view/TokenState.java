package com.tokaify.ledger.enforcement.view;

import com.tokaify.ledger.events.TokenEvent;
import com.tokaify.ledger.events.TokenEvent.ExpirationChanged;
import com.tokaify.ledger.events.TokenEvent.IpAllowlistChanged;
import com.tokaify.ledger.events.TokenEvent.ModelAccessChanged;
import com.tokaify.ledger.events.TokenEvent.QuotaConsumed;
import com.tokaify.ledger.events.TokenEvent.QuotaExhausted;
import com.tokaify.ledger.events.TokenEvent.QuotaLimitChanged;
import com.tokaify.ledger.events.TokenEvent.QuotaRefunded;
import com.tokaify.ledger.events.TokenEvent.SecretRevealed;
import com.tokaify.ledger.events.TokenEvent.SecretRotated;
import com.tokaify.ledger.events.TokenEvent.TokenCreated;
import com.tokaify.ledger.events.TokenEvent.TokenDeleted;
import com.tokaify.ledger.events.TokenEvent.TokenDisabled;
import com.tokaify.ledger.events.TokenEvent.TokenEnabled;
import com.tokaify.ledger.events.TokenEvent.TokenExpired;
import com.tokaify.ledger.events.TokenEvent.TokenGroupChanged;
import com.tokaify.ledger.events.TokenEvent.TokenRenamed;
import org.jspecify.annotations.Nullable;

/**
 * What a check has to know of a token, after some event of its stream. Immutable: an event makes a
 * new one, so whoever holds one sees a single moment of the token.
 *
 * @param consumed units, refunds subtracted
 */
public record TokenState(Standing standing, Terms terms, Secrets secrets, long consumed) {

    static TokenState first(TokenCreated event, SharedTerms shared) {
        return new TokenState(
                Standing.NEW,
                new Terms(
                        shared.group(event.group()),
                        event.restrictions().quotaLimit(),
                        shared.models(event.restrictions().models()),
                        shared.sources(event.restrictions().ipAllowlist()),
                        event.restrictions().expiresAt()),
                Secrets.of(event.lookupHash()),
                0);
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
            case QuotaConsumed e -> withConsumed(e.amount(), e.totalAfter());
            case QuotaRefunded e -> withConsumed(-e.amount(), e.totalAfter());
            // No check asks for a name or for who saw the secret; exhaustion follows from the
            // limit and what is consumed.
            case TokenRenamed _, SecretRevealed _, QuotaExhausted _ -> this;
        };
    }

    /** Units left under the token's own limit, never negative; null is unlimited. */
    public @Nullable Long remaining() {
        Long limit = terms.quotaLimit();
        return limit == null ? null : Long.valueOf(Math.max(0, limit - consumed));
    }

    private TokenState with(Standing value) {
        return new TokenState(value, terms, secrets, consumed);
    }

    private TokenState with(Terms value) {
        return new TokenState(standing, value, secrets, consumed);
    }

    private TokenState with(Secrets value) {
        return new TokenState(standing, terms, value, consumed);
    }

    private TokenState withConsumed(long change, long totalAfter) {
        if (consumed + change != totalAfter) {
            throw new Contradiction(
                    "consumed were "
                            + consumed
                            + ", the change is "
                            + change
                            + ", the event says "
                            + totalAfter
                            + " after it");
        }
        return new TokenState(standing, terms, secrets, totalAfter);
    }
}
