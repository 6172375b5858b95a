package com.tokaify.ledger.command.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.tokaify.ledger.command.Samples;
import com.tokaify.ledger.command.account.AccountState.Open;
import com.tokaify.ledger.command.account.AccountState.Unborn;
import com.tokaify.ledger.events.AccountEvent;
import com.tokaify.ledger.events.AccountEvent.AccountOpened;
import com.tokaify.ledger.events.AccountEvent.AccountResumed;
import com.tokaify.ledger.events.AccountEvent.AccountSuspended;
import com.tokaify.ledger.events.AccountEvent.BalanceAdjusted;
import com.tokaify.ledger.events.AccountEvent.BalanceCredited;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every event makes of every kind of state. */
class AccountStateTest {
    static Stream<AccountEvent> events() {
        return Samples.accountEvents().stream();
    }

    /** The tables below leave no type of event out. */
    @Test
    void theSamplesHoldEveryTypeOfAccountEvent() {
        assertThat(events().<Object>map(AccountEvent::getClass))
                .containsExactlyInAnyOrder((Object[]) AccountEvent.class.getPermittedSubclasses());
    }

    /** An account begins with its opening, and with nothing else. */
    @ParameterizedTest
    @MethodSource("events")
    void onlyOpeningHappensToAnUnbornAccount(AccountEvent event) {
        if (event instanceof AccountOpened) {
            assertThat(AccountState.evolve(new Unborn(), event)).isEqualTo(new Open(false));
        } else {
            assertImpossible(new Unborn(), event);
        }
    }

    /** Money moves without a trace in the state; suspension and its end are what it knows. */
    @ParameterizedTest
    @MethodSource("events")
    void eachEventChangesAnOpenAccountInItsOwnWay(AccountEvent event) {
        for (Open open : new Open[] {new Open(false), new Open(true)}) {
            switch (event) {
                case AccountOpened opened -> assertImpossible(open, opened);
                case BalanceCredited _, BalanceAdjusted _ ->
                        assertThat(AccountState.evolve(open, event)).isEqualTo(open);
                case AccountSuspended _ ->
                        assertThat(AccountState.evolve(open, event)).isEqualTo(new Open(true));
                case AccountResumed _ ->
                        assertThat(AccountState.evolve(open, event)).isEqualTo(new Open(false));
            }
        }
    }

    private static void assertImpossible(AccountState state, AccountEvent event) {
        assertThatIllegalStateException()
                .isThrownBy(() -> AccountState.evolve(state, event))
                .withMessageStartingWith(event.getClass().getSimpleName() + " cannot happen to ");
    }
}
