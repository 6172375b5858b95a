package com.tokaify.ledger.command.token;

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

/** What decisions about a token need to know, and how each event changes it. Immutable. */
sealed interface TokenState {

    /** Nothing has happened yet. */
    record Unborn() implements TokenState {}

    /**
     * @param consumed units booked so far, refunds subtracted
     * @param exhausted whether the ledger has said so since there was last something left
     */
    record Live(Restrictions restrictions, boolean enabled, long consumed, boolean exhausted)
            implements TokenState {

        boolean hasExpired(Instant at) {
            return restrictions.expiresAt() != null && !restrictions.expiresAt().isAfter(at);
        }

        boolean allows(String model) {
            return restrictions.models() == null || restrictions.models().contains(model);
        }

        private Live restricted(Restrictions changed) {
            return new Live(changed, enabled, consumed, exhausted);
        }

        private Live consumed(long total) {
            return new Live(
                    restrictions, enabled, total, exhausted && !belowLimit(restrictions, total));
        }

        private static boolean belowLimit(Restrictions restrictions, long total) {
            return restrictions.quotaLimit() == null || total < restrictions.quotaLimit();
        }
    }

    /** Final. Only usage that had happened before is still booked. */
    record Deleted(long consumed) implements TokenState {}

    static TokenState evolve(TokenState state, TokenEvent event) {
        return switch (state) {
            case Unborn _ -> born(event);
            case Live live -> living(live, event);
            case Deleted _ -> deleted(event);
        };
    }

    private static TokenState born(TokenEvent event) {
        if (event instanceof TokenCreated created) {
            return new Live(created.restrictions(), true, 0, false);
        }
        throw impossible("an unborn token", event);
    }

    private static TokenState living(Live live, TokenEvent event) {
        Restrictions now = live.restrictions();
        return switch (event) {
            case TokenCreated created -> throw impossible("a live token", created);
            case TokenRenamed _,
                    TokenGroupChanged _,
                    TokenExpired _,
                    TokenImported _,
                    QuotaPeriodChanged _,
                    QuotaPeriodStarted _,
                    ModelQuotasChanged _,
                    ModelQuotaExhausted _,
                    SecretRevealed _,
                    SecretRotated _ ->
                    live;
            case QuotaLimitChanged(@Nullable Long limit) ->
                    live.restricted(
                                    new Restrictions(
                                            limit,
                                            now.models(),
                                            now.ipAllowlist(),
                                            now.expiresAt()))
                            .consumed(live.consumed());
            case ModelAccessChanged changed ->
                    live.restricted(
                            new Restrictions(
                                    now.quotaLimit(),
                                    changed.models(),
                                    now.ipAllowlist(),
                                    now.expiresAt()));
            case IpAllowlistChanged changed ->
                    live.restricted(
                            new Restrictions(
                                    now.quotaLimit(),
                                    now.models(),
                                    changed.ipAllowlist(),
                                    now.expiresAt()));
            case ExpirationChanged changed ->
                    live.restricted(
                            new Restrictions(
                                    now.quotaLimit(),
                                    now.models(),
                                    now.ipAllowlist(),
                                    changed.expiresAt()));
            case TokenEnabled _ -> new Live(now, true, live.consumed(), live.exhausted());
            case TokenDisabled _ -> new Live(now, false, live.consumed(), live.exhausted());
            case TokenDeleted _ -> new Deleted(live.consumed());
            case QuotaConsumed consumed -> live.consumed(consumed.totalAfter());
            case QuotaRefunded refunded -> live.consumed(refunded.totalAfter());
            case QuotaExhausted _ -> new Live(now, live.enabled(), live.consumed(), true);
        };
    }

    private static TokenState deleted(TokenEvent event) {
        return switch (event) {
            case QuotaConsumed consumed -> new Deleted(consumed.totalAfter());
            case QuotaRefunded refunded -> new Deleted(refunded.totalAfter());
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
