package com.tokaify.ledger.command.token;

import static com.tokaify.ledger.command.Samples.NOW;
import static com.tokaify.ledger.command.Samples.created;
import static com.tokaify.ledger.command.Samples.limit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.tokaify.ledger.command.Samples;
import com.tokaify.ledger.command.token.TokenState.Deleted;
import com.tokaify.ledger.command.token.TokenState.Live;
import com.tokaify.ledger.command.token.TokenState.Unborn;
import com.tokaify.ledger.events.Restrictions;
import com.tokaify.ledger.events.TokenEvent;
import com.tokaify.ledger.events.TokenEvent.IpAllowlistChanged;
import com.tokaify.ledger.events.TokenEvent.ModelAccessChanged;
import com.tokaify.ledger.events.TokenEvent.QuotaConsumed;
import com.tokaify.ledger.events.TokenEvent.QuotaExhausted;
import com.tokaify.ledger.events.TokenEvent.QuotaLimitChanged;
import com.tokaify.ledger.events.TokenEvent.QuotaRefunded;
import com.tokaify.ledger.events.TokenEvent.TokenCreated;
import com.tokaify.ledger.events.TokenEvent.TokenDeleted;
import com.tokaify.ledger.events.TokenEvent.TokenDisabled;
import com.tokaify.ledger.events.TokenEvent.TokenEnabled;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every event makes of every kind of state. */
class TokenStateTest {
    private static final Restrictions LIMITED = limit(100L);
    private static final Live LIVE = new Live(LIMITED, true, 60, false);

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
            assertThat(TokenState.evolve(new Unborn(), event))
                    .isEqualTo(new Live(LIMITED, true, 0, false));
        } else {
            assertImpossible(new Unborn(), event);
        }
    }

    /** Each event changes what it names, and nothing besides. */
    @ParameterizedTest
    @MethodSource("events")
    void eachEventChangesALiveTokenInItsOwnWay(TokenEvent event) {
        @Nullable TokenState expected =
                switch (event) {
                    case TokenCreated _ -> null;
                    case TokenEvent.TokenRenamed _,
                            TokenEvent.TokenGroupChanged _,
                            TokenEvent.TokenExpired _,
                            TokenEvent.TokenImported _,
                            TokenEvent.QuotaPeriodChanged _,
                            TokenEvent.QuotaPeriodStarted _,
                            TokenEvent.ModelQuotasChanged _,
                            TokenEvent.ModelQuotaExhausted _,
                            TokenEvent.SecretRevealed _,
                            TokenEvent.SecretRotated _,
                            TokenEnabled _ ->
                            LIVE;
                    case QuotaLimitChanged _ -> new Live(limit(200L), true, 60, false);
                    case ModelAccessChanged changed ->
                            restricted(new Restrictions(100L, changed.models(), null, null));
                    case IpAllowlistChanged changed ->
                            restricted(new Restrictions(100L, null, changed.ipAllowlist(), null));
                    case TokenEvent.ExpirationChanged changed ->
                            restricted(new Restrictions(100L, null, null, changed.expiresAt()));
                    case TokenDisabled _ -> new Live(LIMITED, false, 60, false);
                    case TokenDeleted _ -> new Deleted(60);
                    case QuotaConsumed _ -> new Live(LIMITED, true, 90, false);
                    case QuotaExhausted _ -> new Live(LIMITED, true, 60, true);
                    case QuotaRefunded _ -> new Live(LIMITED, true, 50, false);
                };
        if (expected == null) {
            assertImpossible(LIVE, event);
        } else {
            assertThat(TokenState.evolve(LIVE, event)).isEqualTo(expected);
        }
    }

    /** Deletion is final: only usage and its refund still come in. */
    @ParameterizedTest
    @MethodSource("events")
    void onlyUsageHappensToADeletedToken(TokenEvent event) {
        switch (event) {
            case QuotaConsumed _ ->
                    assertThat(TokenState.evolve(new Deleted(60), event))
                            .isEqualTo(new Deleted(90));
            case QuotaRefunded _ ->
                    assertThat(TokenState.evolve(new Deleted(60), event))
                            .isEqualTo(new Deleted(50));
            case TokenEvent _ -> assertImpossible(new Deleted(60), event);
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
        TokenState live = TokenState.evolve(new Unborn(), created(all));
        for (TokenEvent change :
                List.of(
                        new QuotaLimitChanged(null),
                        new ModelAccessChanged(null),
                        new IpAllowlistChanged(null),
                        new TokenEvent.ExpirationChanged(null))) {
            live = TokenState.evolve(live, change);
        }
        assertThat(live).isEqualTo(new Live(Restrictions.NONE, true, 0, false));
        assertThat(TokenState.evolve(new Live(all, true, 0, false), new QuotaLimitChanged(7L)))
                .isEqualTo(
                        new Live(
                                new Restrictions(7L, all.models(), all.ipAllowlist(), NOW),
                                true,
                                0,
                                false));
    }

    /** Once there is something left again, the next end of the quota is news again. */
    @Test
    void exhaustionIsForgottenWhenUnitsAreLeftAgain() {
        Live full = new Live(limit(100L), true, 100, true);
        assertThat(TokenState.evolve(full, new QuotaLimitChanged(101L)))
                .isEqualTo(new Live(limit(101L), true, 100, false));
        assertThat(TokenState.evolve(full, new QuotaLimitChanged(null)))
                .isEqualTo(new Live(Restrictions.NONE, true, 100, false));
        assertThat(TokenState.evolve(full, new QuotaLimitChanged(100L))).isEqualTo(full);
        assertThat(TokenState.evolve(full, new QuotaRefunded("u1", 1, null, "mistake", true, 99)))
                .isEqualTo(new Live(limit(100L), true, 99, false));
        assertThat(TokenState.evolve(full, new QuotaConsumed("u2", 1, null, 101, true)))
                .isEqualTo(new Live(limit(100L), true, 101, true));
    }

    /** A disabled token can be enabled again, and keeps everything else. */
    @Test
    void enablingGivesBackTheTokenAsItWas() {
        TokenState disabled = TokenState.evolve(LIVE, new TokenDisabled(null));
        assertThat(TokenState.evolve(disabled, new TokenEnabled())).isEqualTo(LIVE);
    }

    private static Live restricted(Restrictions restrictions) {
        return new Live(restrictions, true, 60, false);
    }

    private static void assertImpossible(TokenState state, TokenEvent event) {
        assertThatIllegalStateException()
                .isThrownBy(() -> TokenState.evolve(state, event))
                .withMessageStartingWith(event.getClass().getSimpleName() + " cannot happen to ");
    }
}
