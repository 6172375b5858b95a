package com.tokaify.ledger.command.token;

import static com.tokaify.ledger.command.Samples.ACCOUNT;
import static com.tokaify.ledger.command.Samples.CONTEXT;
import static com.tokaify.ledger.command.Samples.HASH;
import static com.tokaify.ledger.command.Samples.MASK;
import static com.tokaify.ledger.command.Samples.NOW;
import static com.tokaify.ledger.command.Samples.TOKEN;
import static com.tokaify.ledger.command.Samples.created;
import static com.tokaify.ledger.command.Samples.limit;
import static com.tokaify.ledger.command.Samples.tokenId;
import static com.tokaify.ledger.command.decision.Decision.accept;
import static com.tokaify.ledger.command.decision.Decision.refuse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.tokaify.ledger.command.decision.Decision;
import com.tokaify.ledger.command.decision.OnceKey;
import com.tokaify.ledger.command.decision.RecordedFact;
import com.tokaify.ledger.command.decision.Refusal;
import com.tokaify.ledger.command.token.TokenCommand.CreateToken;
import com.tokaify.ledger.command.token.TokenCommand.DeleteToken;
import com.tokaify.ledger.command.token.TokenCommand.DisableToken;
import com.tokaify.ledger.command.token.TokenCommand.Done;
import com.tokaify.ledger.command.token.TokenCommand.EnableToken;
import com.tokaify.ledger.command.token.TokenCommand.Enabled;
import com.tokaify.ledger.command.token.TokenCommand.ExpireToken;
import com.tokaify.ledger.command.token.TokenCommand.Provenance;
import com.tokaify.ledger.events.FieldRules;
import com.tokaify.ledger.events.InvalidField;
import com.tokaify.ledger.events.ModelQuota;
import com.tokaify.ledger.events.QuotaPeriod;
import com.tokaify.ledger.events.RateLimits;
import com.tokaify.ledger.events.Restrictions;
import com.tokaify.ledger.events.TokenEvent;
import com.tokaify.ledger.events.TokenEvent.ModelQuotaExhausted;
import com.tokaify.ledger.events.TokenEvent.ModelQuotasChanged;
import com.tokaify.ledger.events.TokenEvent.QuotaConsumed;
import com.tokaify.ledger.events.TokenEvent.QuotaExhausted;
import com.tokaify.ledger.events.TokenEvent.QuotaPeriodChanged;
import com.tokaify.ledger.events.TokenEvent.QuotaPeriodStarted;
import com.tokaify.ledger.events.TokenEvent.RateLimitsChanged;
import com.tokaify.ledger.events.TokenEvent.TokenCreated;
import com.tokaify.ledger.events.TokenEvent.TokenDeleted;
import com.tokaify.ledger.events.TokenEvent.TokenDisabled;
import com.tokaify.ledger.events.TokenEvent.TokenEnabled;
import com.tokaify.ledger.events.TokenEvent.TokenExpired;
import com.tokaify.ledger.events.TokenEvent.TokenImported;
import com.tokaify.ledger.events.net.IpRange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One table for each command on a token's life, with every situation a token can be in. */
class TokenDeciderTest {
    private static final QuotaPeriod DAILY = new QuotaPeriod(QuotaPeriod.Every.DAY, "UTC");
    private static final Instant SOON = NOW.plusNanos(1_000);

    /** Every kind of state that any decision tells apart. 60 units are consumed where any are. */
    enum Situation {
        UNBORN(new TokenState.Unborn()),
        UNLIMITED(after(Restrictions.NONE)),
        LIMITED_TO_100(after(limit(100L))),
        EXHAUSTED(after(limit(60L), new QuotaExhausted(60, 60))),
        EXHAUSTED_UNTIL_SOON(after(limit(60L), exhaustedInAPeriodUntil(SOON))),
        EXHAUSTED_UNTIL_NOW(after(limit(60L), exhaustedInAPeriodUntil(NOW))),
        DISABLED(after(limit(100L), new TokenDisabled("first"))),
        DISABLED_AND_EXHAUSTED(
                after(limit(60L), new QuotaExhausted(60, 60), new TokenDisabled(null))),
        EXPIRED_JUST_NOW(after(expiring(NOW))),
        EXPIRED_AND_EXHAUSTED(
                after(new Restrictions(60L, null, null, NOW), new QuotaExhausted(60, 60))),
        EXPIRED_ON_RECORD(after(expiring(NOW), new TokenExpired(NOW))),
        EXPIRED_ON_RECORD_BY_A_FASTER_CLOCK(after(expiring(SOON), new TokenExpired(SOON))),
        NOT_YET_EXPIRED(after(expiring(SOON))),
        DELETED(after(limit(100L), new TokenDeleted()));

        @SuppressWarnings("ImmutableEnumChecker") // an immutable record, which the check cannot see
        private final TokenState state;

        Situation(TokenState state) {
            this.state = state;
        }

        private static Restrictions expiring(Instant at) {
            return new Restrictions(100L, null, null, at);
        }

        private static TokenEvent[] exhaustedInAPeriodUntil(Instant end) {
            return new TokenEvent[] {
                new QuotaPeriodChanged(DAILY),
                new QuotaPeriodStarted(end.minusSeconds(86_400), end, 0),
                new QuotaExhausted(60, 60)
            };
        }

        private static TokenState after(Restrictions restrictions, TokenEvent... more) {
            List<TokenEvent> events = new ArrayList<>();
            events.add(created(restrictions));
            events.add(new QuotaConsumed("u0", 60, null, 60, false));
            events.addAll(List.of(more));
            return Histories.after(events);
        }
    }

    private static final Done DONE = new Done(TOKEN);

    private static CreateToken create(TokenSettings settings, @Nullable Provenance provenance) {
        return new CreateToken(TOKEN, ACCOUNT, settings, HASH, MASK, provenance, CONTEXT);
    }

    /** A token is created once; a second creation is a broken invariant, not an answer. */
    @ParameterizedTest
    @EnumSource
    void createMakesATokenOnlyOfNothing(Situation situation) {
        CreateToken create =
                new CreateToken(TOKEN, ACCOUNT, "ci", "default", limit(100L), HASH, MASK, CONTEXT);
        if (situation == Situation.UNBORN) {
            assertThat(TokenDecider.decide(situation.state, create))
                    .isEqualTo(accept(DONE, created(limit(100L))));
        } else {
            assertThatIllegalStateException()
                    .isThrownBy(() -> TokenDecider.decide(situation.state, create));
        }
    }

    /** Where it comes from follows the creation, then what the creation itself does not hold. */
    @Test
    void aTokenIsCreatedWithEverythingThereIs() {
        Restrictions restrictions =
                new Restrictions(
                        100L, List.of("gpt-4o"), List.of(IpRange.parse("10.0.0.0/8")), SOON);
        List<ModelQuota> modelQuotas = List.of(new ModelQuota("gpt-4o", 40));
        TokenSettings settings =
                new TokenSettings(
                        "ci",
                        "vip",
                        100L,
                        restrictions.models(),
                        restrictions.ipAllowlist(),
                        SOON,
                        DAILY,
                        modelQuotas,
                        new RateLimits(60L, null));
        assertThat(
                        TokenDecider.decide(
                                new TokenState.Unborn(),
                                create(settings, new Provenance("new-api", "7", 1_000, false))))
                .isEqualTo(
                        accept(
                                DONE,
                                new TokenCreated(ACCOUNT, "ci", "vip", restrictions, HASH, MASK),
                                new TokenImported("new-api", "7", 1_000),
                                new RateLimitsChanged(new RateLimits(60L, null)),
                                new QuotaPeriodChanged(DAILY),
                                new QuotaPeriodStarted(
                                        Instant.parse("2026-07-01T00:00:00Z"),
                                        Instant.parse("2026-07-02T00:00:00Z"),
                                        0),
                                new ModelQuotasChanged(modelQuotas)));
    }

    /** What was switched off in the other system is not on here for a moment. */
    @Test
    void aTokenThatWasDisabledElsewhereBeginsDisabled() {
        CreateToken create =
                create(
                        TokenSettings.of("ci", "default", Restrictions.NONE),
                        new Provenance("one-api", null, 0, true));
        assertThat(TokenDecider.decide(new TokenState.Unborn(), create))
                .isEqualTo(
                        accept(
                                DONE,
                                created(Restrictions.NONE),
                                new TokenImported("one-api", null, 0),
                                new TokenDisabled("disabled in one-api")));
    }

    /** A limit of zero is reached from the beginning, and that is said. */
    @Test
    void aLimitOfZeroIsExhaustedFromTheBeginning() {
        List<ModelQuota> none = List.of(new ModelQuota("gpt-4o", 0));
        TokenSettings settings =
                new TokenSettings(
                        "ci",
                        "default",
                        0L,
                        null,
                        null,
                        null,
                        null,
                        none,
                        new RateLimits(null, null));
        assertThat(TokenDecider.decide(new TokenState.Unborn(), create(settings, null)))
                .isEqualTo(
                        accept(
                                DONE,
                                created(limit(0L)),
                                new ModelQuotasChanged(none),
                                new QuotaExhausted(0, 0),
                                new ModelQuotaExhausted("gpt-4o", 0, 0)));
    }

    /** A secret that was ever anybody's is refused, and the refusal names whose. */
    @Test
    void aSecretIsNeverUsedTwice() {
        CreateToken create = create(TokenSettings.of("ci", "default", Restrictions.NONE), null);
        assertThat(create.recalls()).containsExactly(OnceKey.ofSecret(HASH));
        CreateToken told =
                create.knowing(
                        Map.of(
                                OnceKey.ofSecret(HASH),
                                new RecordedFact(tokenId(2), 0, created(Restrictions.NONE))));
        assertThat(TokenDecider.decide(new TokenState.Unborn(), told))
                .isEqualTo(
                        refuse(
                                Refusal.SECRET_IN_USE,
                                "The token " + tokenId(2) + " has or had this secret."));
    }

    /** What no event could hold never comes to a decision. */
    @Test
    void whatCannotBeCreatedIsNoCommand() {
        TokenSettings expired =
                TokenSettings.of("ci", "default", new Restrictions(null, null, null, NOW));
        assertThatExceptionOfType(InvalidField.class)
                .isThrownBy(() -> create(expired, null))
                .withMessage("expiresAt must be in the future");
        assertThatExceptionOfType(InvalidField.class)
                .isThrownBy(() -> new Provenance("new-api", "7", FieldRules.MAX_TOTAL + 1, false))
                .withMessageStartingWith("usedBefore must ");
        assertThatExceptionOfType(InvalidField.class)
                .isThrownBy(() -> new Provenance("new api", "7", 0, false))
                .withMessageStartingWith("source must ");
        assertThatExceptionOfType(InvalidField.class)
                .isThrownBy(() ->
                        new CreateToken(
                                TOKEN,
                                ACCOUNT,
                                "ci",
                                "default",
                                Restrictions.NONE,
                                HASH,
                                "sk-" + "a".repeat(48),
                                CONTEXT))
                .withMessageStartingWith("mask must ");
    }

    /** Enabling what is enabled makes no event, and what still refuses the token is told. */
    @ParameterizedTest
    @EnumSource
    void enableIsAnEventOnlyForADisabledToken(Situation situation) {
        Decision<Enabled> expected =
                switch (situation) {
                    case UNBORN -> unknown();
                    case UNLIMITED, LIMITED_TO_100, EXHAUSTED_UNTIL_NOW, NOT_YET_EXPIRED ->
                            accept(enabled(null));
                    case EXHAUSTED, EXHAUSTED_UNTIL_SOON ->
                            accept(enabled(Refusal.QUOTA_EXHAUSTED));
                    case EXPIRED_JUST_NOW,
                            EXPIRED_AND_EXHAUSTED,
                            EXPIRED_ON_RECORD,
                            EXPIRED_ON_RECORD_BY_A_FASTER_CLOCK ->
                            accept(enabled(Refusal.TOKEN_EXPIRED));
                    case DISABLED -> accept(enabled(null), new TokenEnabled());
                    case DISABLED_AND_EXHAUSTED ->
                            accept(enabled(Refusal.QUOTA_EXHAUSTED), new TokenEnabled());
                    case DELETED -> deleted();
                };
        assertThat(TokenDecider.decide(situation.state, new EnableToken(TOKEN, CONTEXT)))
                .isEqualTo(expected);
    }

    /** Disabling what is disabled makes no event, also for another reason. */
    @ParameterizedTest
    @EnumSource
    void disableIsAnEventOnlyForAnEnabledToken(Situation situation) {
        Decision<Done> expected =
                switch (situation) {
                    case UNBORN -> unknown();
                    case UNLIMITED,
                            LIMITED_TO_100,
                            EXHAUSTED,
                            EXHAUSTED_UNTIL_SOON,
                            EXHAUSTED_UNTIL_NOW,
                            EXPIRED_JUST_NOW,
                            EXPIRED_AND_EXHAUSTED,
                            EXPIRED_ON_RECORD,
                            EXPIRED_ON_RECORD_BY_A_FASTER_CLOCK,
                            NOT_YET_EXPIRED ->
                            accept(DONE, new TokenDisabled("leaked"));
                    case DISABLED, DISABLED_AND_EXHAUSTED -> accept(DONE);
                    case DELETED -> deleted();
                };
        assertThat(TokenDecider.decide(situation.state, new DisableToken(TOKEN, "leaked", CONTEXT)))
                .isEqualTo(expected);
    }

    /** Deleting is final and may be asked for again. */
    @ParameterizedTest
    @EnumSource
    void deleteIsAnEventOnce(Situation situation) {
        Decision<Done> expected =
                switch (situation) {
                    case UNBORN -> unknown();
                    case UNLIMITED,
                            LIMITED_TO_100,
                            EXHAUSTED,
                            EXHAUSTED_UNTIL_SOON,
                            EXHAUSTED_UNTIL_NOW,
                            DISABLED,
                            DISABLED_AND_EXHAUSTED,
                            EXPIRED_JUST_NOW,
                            EXPIRED_AND_EXHAUSTED,
                            EXPIRED_ON_RECORD,
                            EXPIRED_ON_RECORD_BY_A_FASTER_CLOCK,
                            NOT_YET_EXPIRED ->
                            accept(DONE, new TokenDeleted());
                    case DELETED -> accept(DONE);
                };
        assertThat(TokenDecider.decide(situation.state, new DeleteToken(TOKEN, CONTEXT)))
                .isEqualTo(expected);
    }

    /** The end of a token's time is recorded once, at that instant and not before. */
    @ParameterizedTest
    @EnumSource
    void expiryIsAnEventOnceTheTimeHasCome(Situation situation) {
        Decision<Done> expected =
                switch (situation) {
                    case UNBORN -> unknown();
                    case EXPIRED_JUST_NOW, EXPIRED_AND_EXHAUSTED ->
                            accept(DONE, new TokenExpired(NOW));
                    case UNLIMITED,
                            LIMITED_TO_100,
                            EXHAUSTED,
                            EXHAUSTED_UNTIL_SOON,
                            EXHAUSTED_UNTIL_NOW,
                            DISABLED,
                            DISABLED_AND_EXHAUSTED,
                            EXPIRED_ON_RECORD,
                            EXPIRED_ON_RECORD_BY_A_FASTER_CLOCK,
                            NOT_YET_EXPIRED,
                            DELETED ->
                            accept(DONE);
                };
        assertThat(TokenDecider.decide(situation.state, new ExpireToken(TOKEN, CONTEXT)))
                .isEqualTo(expected);
    }

    private static Enabled enabled(@Nullable Refusal stillRefused) {
        return new Enabled(TOKEN, true, stillRefused);
    }

    private static <A> Decision<A> unknown() {
        return refuse(Refusal.TOKEN_NOT_FOUND, "There is no token " + TOKEN + ".");
    }

    private static <A> Decision<A> deleted() {
        return refuse(Refusal.TOKEN_DELETED, "The token " + TOKEN + " was deleted.");
    }
}
