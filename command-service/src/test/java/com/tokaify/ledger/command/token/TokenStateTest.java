package com.tokaify.ledger.command.token;

import static com.tokaify.ledger.command.Samples.ACCOUNT;
import static com.tokaify.ledger.command.Samples.NOW;
import static com.tokaify.ledger.command.Samples.created;
import static com.tokaify.ledger.command.Samples.limit;
import static com.tokaify.ledger.command.token.TokenState.ALWAYS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.tokaify.ledger.command.Samples;
import com.tokaify.ledger.command.token.TokenState.Deleted;
import com.tokaify.ledger.command.token.TokenState.Live;
import com.tokaify.ledger.command.token.TokenState.Unborn;
import com.tokaify.ledger.events.QuotaPeriod;
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
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every event makes of every kind of state; what counts is looked at in {@link QuotaTest}. */
class TokenStateTest {
    private static final QuotaPeriod DAILY = new QuotaPeriod(QuotaPeriod.Every.DAY, "UTC");
    private static final Profile PROFILE = new Profile("ci", "default", null, null, null, null);
    private static final Quota QUOTA = new Quota(100L, DAILY, NOW, 20, 60, false, List.of());
    private static final Live LIVE = new Live(ACCOUNT, PROFILE, true, false, 1, QUOTA, 7);
    private static final long SEQUENCE = 12;

    static Stream<TokenEvent> events() {
        return Samples.tokenEvents().stream();
    }

    /** The tables below leave no type of event out. */
    @Test
    void theSamplesHoldEveryTypeOfTokenEvent() {
        assertThat(events().<Object>map(TokenEvent::getClass))
                .containsExactlyInAnyOrder((Object[]) TokenEvent.class.getPermittedSubclasses());
    }

    /** A token begins with its creation, and with nothing else. */
    @ParameterizedTest
    @MethodSource("events")
    void onlyCreationHappensToAnUnbornToken(TokenEvent event) {
        if (event instanceof TokenCreated) {
            assertThat(TokenState.evolve(new Unborn(), event, 0))
                    .isEqualTo(new Live(ACCOUNT, PROFILE, true, false, 1, Quota.of(100L), ALWAYS));
        } else {
            assertImpossible(new Unborn(), event);
        }
    }

    /** Each event changes what it names, and nothing besides. */
    @ParameterizedTest
    @MethodSource("events")
    void eachEventChangesALiveTokenInItsOwnWay(TokenEvent event) {
        if (event instanceof TokenCreated) {
            assertImpossible(LIVE, event);
            return;
        }
        TokenState expected =
                switch (event) {
                    case TokenCreated _ -> throw new AssertionError(event);
                    case TokenRenamed _ -> with(PROFILE.named("other"));
                    case TokenGroupChanged _ -> with(PROFILE.inGroup("vip"));
                    case ModelAccessChanged changed -> with(PROFILE.using(changed.models()));
                    case IpAllowlistChanged changed ->
                            with(PROFILE.usedFrom(changed.ipAllowlist()));
                    case ExpirationChanged changed -> with(PROFILE.expiring(changed.expiresAt()));
                    case RateLimitsChanged changed -> with(PROFILE.within(changed.rateLimits()));
                    case QuotaLimitChanged _ -> with(QUOTA.limited(200L), 7);
                    case QuotaPeriodChanged changed -> with(QUOTA.every(changed.quotaPeriod()), 7);
                    case QuotaPeriodStarted started -> with(QUOTA.started(started), SEQUENCE);
                    case ModelQuotasChanged changed ->
                            with(QUOTA.limitingModels(changed.modelQuotas()), 7);
                    case QuotaConsumed consumed -> with(QUOTA.consumed(consumed), 7);
                    case QuotaRefunded refunded -> with(QUOTA.refunded(refunded), 7);
                    case TokenDisabled _ -> new Live(ACCOUNT, PROFILE, false, false, 1, QUOTA, 7);
                    case TokenExpired _ -> new Live(ACCOUNT, PROFILE, true, true, 1, QUOTA, 7);
                    case SecretRotated _ -> new Live(ACCOUNT, PROFILE, true, false, 2, QUOTA, 7);
                    case TokenDeleted _ -> new Deleted(ACCOUNT, 60, 7);
                    // These say again what the sample has already, or what decides nothing.
                    case TokenEnabled _,
                            TokenImported _,
                            SecretRevealed _,
                            QuotaExhausted _,
                            ModelQuotaExhausted _ ->
                            LIVE;
                };
        assertThat(TokenState.evolve(LIVE, event, SEQUENCE)).isEqualTo(expected);
    }

    /** Deletion is final: only usage and its refund still come in. */
    @ParameterizedTest
    @MethodSource("events")
    void onlyUsageHappensToADeletedToken(TokenEvent event) {
        Deleted deleted = new Deleted(ACCOUNT, 60, 7);
        switch (event) {
            case QuotaConsumed _ ->
                    assertThat(TokenState.evolve(deleted, event, SEQUENCE))
                            .isEqualTo(new Deleted(ACCOUNT, 90, 7));
            case QuotaRefunded _ ->
                    assertThat(TokenState.evolve(deleted, event, SEQUENCE))
                            .isEqualTo(new Deleted(ACCOUNT, 50, 7));
            case TokenEvent _ -> assertImpossible(deleted, event);
        }
    }

    /** Restrictions that an event does not name are kept, and absent ones can be taken away. */
    @Test
    void aRestrictionIsChangedBesideTheOthers() {
        Restrictions all =
                new Restrictions(
                        100L,
                        List.of("gpt-4o"),
                        ((IpAllowlistChanged) Samples.tokenEvents().get(5)).ipAllowlist(),
                        NOW);
        TokenState live = Histories.after(created(all), new TokenRenamed("other"));
        Profile renamed =
                new Profile(
                        "other", "default", all.models(), all.ipAllowlist(), all.expiresAt(), null);
        assertThat(live)
                .isEqualTo(new Live(ACCOUNT, renamed, true, false, 1, Quota.of(100L), ALWAYS));
        for (TokenEvent change :
                List.of(
                        new TokenGroupChanged("vip"),
                        new QuotaLimitChanged(null),
                        new ModelAccessChanged(null),
                        new IpAllowlistChanged(null),
                        new ExpirationChanged(null))) {
            live = TokenState.evolve(live, change, SEQUENCE);
        }
        assertThat(live)
                .isEqualTo(
                        new Live(
                                ACCOUNT,
                                new Profile("other", "vip", null, null, null, null),
                                true,
                                false,
                                1,
                                Quota.of(null),
                                ALWAYS));
    }

    /** A disabled token can be enabled again, and keeps everything else. */
    @Test
    void enablingGivesBackTheTokenAsItWas() {
        TokenState disabled = TokenState.evolve(LIVE, new TokenDisabled(null), SEQUENCE);
        assertThat(TokenState.evolve(disabled, new TokenEnabled(), SEQUENCE)).isEqualTo(LIVE);
    }

    /** With another time to expire at the token is alive again, also where that is never. */
    @Test
    void anExpiredTokenRevivesWithAnotherExpiry() {
        TokenState expired = TokenState.evolve(LIVE, new TokenExpired(NOW), SEQUENCE);
        assertThat(((Live) expired).hasExpired(NOW.minusSeconds(1))).isTrue();
        assertThat(TokenState.evolve(expired, new ExpirationChanged(null), SEQUENCE))
                .isEqualTo(LIVE);
    }

    /** Without periods every usage counts, whenever it was. */
    @Test
    void withoutPeriodsEverythingCountsAgain() {
        assertThat(TokenState.evolve(LIVE, new QuotaPeriodChanged(null), SEQUENCE))
                .isEqualTo(with(QUOTA.every(null), ALWAYS));
        assertImpossible(
                Histories.after(created(limit(100L))), new QuotaPeriodStarted(NOW, NOW, 0));
    }

    private static Live with(Profile profile) {
        return new Live(ACCOUNT, profile, true, false, 1, QUOTA, 7);
    }

    private static Live with(Quota quota, long countsFrom) {
        return new Live(ACCOUNT, PROFILE, true, false, 1, quota, countsFrom);
    }

    private static void assertImpossible(TokenState state, TokenEvent event) {
        assertThatIllegalStateException()
                .isThrownBy(() -> TokenState.evolve(state, event, SEQUENCE))
                .withMessageStartingWith(event.getClass().getSimpleName() + " cannot happen to ");
    }
}
