package com.tokaify.ledger.command.token;

import static com.tokaify.ledger.command.Samples.ACCOUNT;
import static com.tokaify.ledger.command.Samples.CONTEXT;
import static com.tokaify.ledger.command.Samples.HASH;
import static com.tokaify.ledger.command.Samples.MASK;
import static com.tokaify.ledger.command.Samples.NEXT_HASH;
import static com.tokaify.ledger.command.Samples.TOKEN;
import static com.tokaify.ledger.command.Samples.created;
import static com.tokaify.ledger.command.Samples.limit;
import static com.tokaify.ledger.command.decision.Decision.accept;
import static com.tokaify.ledger.command.decision.Decision.refuse;

import com.tokaify.ledger.command.AggregateFixture;
import com.tokaify.ledger.command.decision.Refusal;
import com.tokaify.ledger.command.token.SecretCommand.RevealSecret;
import com.tokaify.ledger.command.token.SecretCommand.Revealed;
import com.tokaify.ledger.command.token.SecretCommand.RotateSecret;
import com.tokaify.ledger.command.token.SecretCommand.Rotated;
import com.tokaify.ledger.command.token.TokenCommand.Booking;
import com.tokaify.ledger.command.token.TokenCommand.ConsumeQuota;
import com.tokaify.ledger.command.token.TokenCommand.Consumption;
import com.tokaify.ledger.command.token.TokenCommand.CreateToken;
import com.tokaify.ledger.command.token.TokenCommand.DisableToken;
import com.tokaify.ledger.command.token.TokenCommand.Done;
import com.tokaify.ledger.command.token.TokenCommand.EnableToken;
import com.tokaify.ledger.events.RevealedAs;
import com.tokaify.ledger.events.TokenEvent.QuotaConsumed;
import com.tokaify.ledger.events.TokenEvent.QuotaExhausted;
import com.tokaify.ledger.events.TokenEvent.SecretRevealed;
import com.tokaify.ledger.events.TokenEvent.SecretRotated;
import com.tokaify.ledger.events.TokenEvent.TokenDisabled;
import com.tokaify.ledger.events.TokenEvent.TokenEnabled;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.junit.jupiter.api.Test;

/** The token through Axon's own annotations: what is handled, created, applied and sourced. */
class TokenTest {
    private final AggregateFixture<Token> fixture = new AggregateFixture<>(Token.class);

    private static ConsumeQuota consume(String usageId, long amount) {
        return new ConsumeQuota(TOKEN, usageId, amount, null, Booking.STRICT, CONTEXT);
    }

    /** Creation needs no token before it, and its event carries who, when and why. */
    @Test
    void aTokenIsCreatedOfNothing() {
        fixture.givenNothing()
                .when(
                        new CreateToken(
                                TOKEN, ACCOUNT, "ci", "default", limit(100L), HASH, MASK, CONTEXT))
                .decides(accept(new Done(TOKEN), created(limit(100L))));
    }

    /** No other command brings a token into being. */
    @Test
    void nothingButCreationMakesAToken() {
        fixture.givenNothing()
                .when(new EnableToken(TOKEN, CONTEXT))
                .fails(AggregateNotFoundException.class);
        fixture.givenNothing()
                .when(new DisableToken(TOKEN, null, CONTEXT))
                .fails(AggregateNotFoundException.class);
        fixture.givenNothing().when(consume("u1", 1)).fails(AggregateNotFoundException.class);
    }

    /** A secret is shown and replaced by commands of their own, and numbered. */
    @Test
    void aSecretIsRotatedAndRevealed() {
        fixture.given(created(limit(100L)))
                .when(new RotateSecret(TOKEN, NEXT_HASH, MASK, null, CONTEXT))
                .decides(
                        accept(
                                new Rotated(TOKEN, ACCOUNT, 2, null),
                                new SecretRotated(NEXT_HASH, MASK, null)));
        fixture.given(created(limit(100L)), new SecretRotated(NEXT_HASH, MASK, null))
                .when(new RevealSecret(TOKEN, RevealedAs.CURL, true, CONTEXT))
                .decides(accept(new Revealed(TOKEN, 2, null), new SecretRevealed(RevealedAs.CURL)));
    }

    /** What was disabled is known from its events alone. */
    @Test
    void aDisabledTokenIsEnabledAgain() {
        fixture.given(created(limit(100L)), new TokenDisabled("leaked"))
                .when(new EnableToken(TOKEN, CONTEXT))
                .decides(accept(new Done(TOKEN), new TokenEnabled()));
    }

    /** A token that is disabled refuses without an event. */
    @Test
    void aDisabledTokenConsumesNothing() {
        fixture.given(created(limit(100L)), new TokenDisabled(null))
                .when(consume("u1", 1))
                .decides(refuse(Refusal.TOKEN_DISABLED, "The token is disabled."));
    }

    /** Disabling is remembered. */
    @Test
    void aTokenIsDisabled() {
        fixture.given(created(limit(100L)))
                .when(new DisableToken(TOKEN, "leaked", CONTEXT))
                .decides(accept(new Done(TOKEN), new TokenDisabled("leaked")));
    }

    /** One command may have two events, in their order. */
    @Test
    void theLastUnitsAreConsumedAndTheQuotaIsExhausted() {
        fixture.given(created(limit(100L)), new QuotaConsumed("u1", 60, null, 60, false))
                .when(consume("u2", 40))
                .decides(
                        accept(
                                new Consumption(TOKEN, "u2", 40, 100, 0L),
                                new QuotaConsumed("u2", 40, null, 100, false),
                                new QuotaExhausted(100, 100)));
    }
}
