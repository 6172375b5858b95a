package com.tokaify.ledger.command.token;

import static com.tokaify.ledger.command.Samples.ACCOUNT;
import static com.tokaify.ledger.command.Samples.CONTEXT;
import static com.tokaify.ledger.command.Samples.HASH;
import static com.tokaify.ledger.command.Samples.MASK;
import static com.tokaify.ledger.command.Samples.NEXT_HASH;
import static com.tokaify.ledger.command.Samples.NOW;
import static com.tokaify.ledger.command.Samples.STRANGER;
import static com.tokaify.ledger.command.Samples.TOKEN;
import static com.tokaify.ledger.command.Samples.created;
import static com.tokaify.ledger.command.Samples.facts;
import static com.tokaify.ledger.command.Samples.limit;
import static com.tokaify.ledger.command.decision.Decision.accept;
import static com.tokaify.ledger.command.decision.Decision.refuse;

import com.tokaify.ledger.command.AggregateFixture;
import com.tokaify.ledger.command.decision.Decision;
import com.tokaify.ledger.command.decision.OnceKey;
import com.tokaify.ledger.command.decision.RecordedFact;
import com.tokaify.ledger.command.decision.Refusal;
import com.tokaify.ledger.command.token.SecretCommand.RevealSecret;
import com.tokaify.ledger.command.token.SecretCommand.Revealed;
import com.tokaify.ledger.command.token.SecretCommand.RotateSecret;
import com.tokaify.ledger.command.token.SecretCommand.Rotated;
import com.tokaify.ledger.command.token.SettingsCommand.ChangeSettings;
import com.tokaify.ledger.command.token.SettingsCommand.ReadSettings;
import com.tokaify.ledger.command.token.TokenCommand.Booking;
import com.tokaify.ledger.command.token.TokenCommand.ConsumeQuota;
import com.tokaify.ledger.command.token.TokenCommand.Consumption;
import com.tokaify.ledger.command.token.TokenCommand.CreateToken;
import com.tokaify.ledger.command.token.TokenCommand.DeleteToken;
import com.tokaify.ledger.command.token.TokenCommand.DisableToken;
import com.tokaify.ledger.command.token.TokenCommand.Done;
import com.tokaify.ledger.command.token.TokenCommand.EnableToken;
import com.tokaify.ledger.command.token.TokenCommand.Enabled;
import com.tokaify.ledger.command.token.TokenCommand.ExpireToken;
import com.tokaify.ledger.command.token.UsageCommand.Refund;
import com.tokaify.ledger.command.token.UsageCommand.RefundUsage;
import com.tokaify.ledger.command.token.UsageCommand.StartQuotaPeriod;
import com.tokaify.ledger.events.QuotaPeriod;
import com.tokaify.ledger.events.QuotaPeriod.Every;
import com.tokaify.ledger.events.Restrictions;
import com.tokaify.ledger.events.RevealedAs;
import com.tokaify.ledger.events.TokenEvent.QuotaConsumed;
import com.tokaify.ledger.events.TokenEvent.QuotaExhausted;
import com.tokaify.ledger.events.TokenEvent.QuotaPeriodChanged;
import com.tokaify.ledger.events.TokenEvent.QuotaPeriodStarted;
import com.tokaify.ledger.events.TokenEvent.QuotaRefunded;
import com.tokaify.ledger.events.TokenEvent.SecretRevealed;
import com.tokaify.ledger.events.TokenEvent.SecretRotated;
import com.tokaify.ledger.events.TokenEvent.TokenDeleted;
import com.tokaify.ledger.events.TokenEvent.TokenDisabled;
import com.tokaify.ledger.events.TokenEvent.TokenEnabled;
import com.tokaify.ledger.events.TokenEvent.TokenExpired;
import com.tokaify.ledger.events.TokenEvent.TokenRenamed;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

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

    static List<TokenCommand<?>> otherCommands() {
        return List.of(
                new EnableToken(TOKEN, CONTEXT),
                new DisableToken(TOKEN, null, CONTEXT),
                new DeleteToken(TOKEN, CONTEXT),
                new ExpireToken(TOKEN, CONTEXT),
                new ChangeSettings(TOKEN, SettingsChange.NONE, CONTEXT),
                new ReadSettings(TOKEN, CONTEXT),
                new RevealSecret(TOKEN, RevealedAs.SECRET, true, CONTEXT),
                new RotateSecret(TOKEN, NEXT_HASH, MASK, null, CONTEXT),
                consume("u1", 1),
                new RefundUsage(TOKEN, "u1", 1, "mistake", CONTEXT),
                new StartQuotaPeriod(TOKEN, CONTEXT));
    }

    /** No other command brings a token into being; each has a handler that the token is asked. */
    @ParameterizedTest
    @MethodSource("otherCommands")
    void nothingButCreationMakesAToken(TokenCommand<?> command) {
        fixture.givenNothing().when(command).fails(AggregateNotFoundException.class);
    }

    /**
     * Who acts for another account learns nothing of a token: it is not there, whatever was asked,
     * what had become of it, which usage it knows, and on which condition.
     */
    @ParameterizedTest
    @MethodSource("commandsOfAStranger")
    void aTokenIsNotThereForAnotherAccount(TokenCommand<?> command) {
        fixture.given(created(limit(100L))).when(command).decides(Decision.notFound(TOKEN));
        fixture.given(created(limit(100L)), new TokenDeleted())
                .when(command)
                .decides(Decision.notFound(TOKEN));
    }

    static List<TokenCommand<?>> commandsOfAStranger() {
        ConsumeQuota again = new ConsumeQuota(TOKEN, "u1", 30, null, Booking.STRICT, STRANGER);
        RefundUsage refund = new RefundUsage(TOKEN, "u1", 1, "mistake", STRANGER);
        QuotaConsumed booked = new QuotaConsumed("u1", 30, null, 30, false);
        return List.of(
                new EnableToken(TOKEN, STRANGER),
                new DisableToken(TOKEN, null, STRANGER),
                new DisableToken(TOKEN, null, STRANGER.onCondition(7L)),
                new DeleteToken(TOKEN, STRANGER),
                new ChangeSettings(TOKEN, SettingsChange.NONE, STRANGER),
                new ReadSettings(TOKEN, STRANGER),
                new RevealSecret(TOKEN, RevealedAs.SECRET, true, STRANGER),
                new RotateSecret(TOKEN, NEXT_HASH, MASK, null, STRANGER),
                again,
                again.knowing(facts(again, booked)),
                refund);
    }

    /** Nobody makes a token for an account that is not there for him. */
    @Test
    void aTokenForAnotherAccountIsNotMade() {
        fixture.givenNothing()
                .when(
                        new CreateToken(
                                TOKEN, ACCOUNT, "ci", "default", limit(100L), HASH, MASK, STRANGER))
                .decides(Decision.notFound(ACCOUNT));
    }

    /** What a token has become is edited, asked, given back, begun anew, ended. */
    @Test
    void everyCommandReachesItsToken() {
        TokenSettings settings = TokenSettings.of("ci", "default", limit(100L));
        fixture.given(created(limit(100L)))
                .when(new ChangeSettings(TOKEN, SettingsChange.NONE, CONTEXT))
                .decides(accept(settings));
        fixture.given(created(limit(100L)), new TokenRenamed("other"))
                .when(new ReadSettings(TOKEN, CONTEXT))
                .decides(accept(TokenSettings.of("other", "default", limit(100L))));
        QuotaConsumed usage = new QuotaConsumed("u1", 60, null, 60, false);
        RefundUsage refund = new RefundUsage(TOKEN, "u1", 60, "mistake", CONTEXT);
        fixture.given(created(limit(100L)), usage)
                .when(
                        refund.knowing(
                                Map.of(
                                        OnceKey.ofUsage(TOKEN, "u1"),
                                        new RecordedFact(TOKEN, 1, usage))))
                .decides(
                        accept(
                                new Refund(TOKEN, "u1", 60, 0, 100L),
                                new QuotaRefunded("u1", 60, null, "mistake", true, 0)));
        fixture.given(
                        created(limit(100L)),
                        new QuotaPeriodChanged(new QuotaPeriod(Every.DAY, "UTC")),
                        new QuotaPeriodStarted(NOW, NOW, 0),
                        usage)
                .when(new StartQuotaPeriod(TOKEN, CONTEXT))
                .decides(
                        accept(
                                new Done(TOKEN),
                                new QuotaPeriodStarted(
                                        Instant.parse("2026-07-01T00:00:00Z"),
                                        Instant.parse("2026-07-02T00:00:00Z"),
                                        60)));
        fixture.given(created(new Restrictions(null, null, null, NOW)))
                .when(new ExpireToken(TOKEN, CONTEXT))
                .decides(accept(new Done(TOKEN), new TokenExpired(NOW)));
        fixture.given(created(limit(100L)))
                .when(new DeleteToken(TOKEN, CONTEXT))
                .decides(accept(new Done(TOKEN), new TokenDeleted()));
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
                .decides(accept(new Enabled(TOKEN, true, null), new TokenEnabled()));
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
