package com.tokaify.ledger.command.account;

import static com.tokaify.ledger.command.Samples.ACCOUNT;
import static com.tokaify.ledger.command.Samples.CONTEXT;
import static com.tokaify.ledger.command.Samples.facts;
import static com.tokaify.ledger.command.decision.Decision.accept;
import static com.tokaify.ledger.command.decision.Decision.refuse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.tokaify.ledger.command.account.AccountCommand.AdjustBalance;
import com.tokaify.ledger.command.account.AccountCommand.AdmitToken;
import com.tokaify.ledger.command.account.AccountCommand.CreditBalance;
import com.tokaify.ledger.command.account.AccountCommand.Done;
import com.tokaify.ledger.command.account.AccountCommand.OpenAccount;
import com.tokaify.ledger.command.account.AccountCommand.ResumeAccount;
import com.tokaify.ledger.command.account.AccountCommand.SuspendAccount;
import com.tokaify.ledger.command.decision.Decision;
import com.tokaify.ledger.command.decision.Refusal;
import com.tokaify.ledger.events.AccountEvent.AccountOpened;
import com.tokaify.ledger.events.AccountEvent.AccountResumed;
import com.tokaify.ledger.events.AccountEvent.AccountSuspended;
import com.tokaify.ledger.events.AccountEvent.BalanceAdjusted;
import com.tokaify.ledger.events.AccountEvent.BalanceCredited;
import com.tokaify.ledger.events.InvalidField;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One table for each command: what it comes to in every situation an account can be in. */
class AccountDeciderTest {
    enum Situation {
        UNBORN(new AccountState.Unborn()),
        ACTIVE(new AccountState.Open(false)),
        SUSPENDED(new AccountState.Open(true));

        @SuppressWarnings("ImmutableEnumChecker") // an immutable record, which the check cannot see
        private final AccountState state;

        Situation(AccountState state) {
            this.state = state;
        }
    }

    private static final Done DONE = new Done(ACCOUNT);
    private static final CreditBalance CREDIT = new CreditBalance(ACCOUNT, 500, "inv-1", CONTEXT);

    /** An account is opened once; a second opening is a broken invariant, not an answer. */
    @ParameterizedTest
    @EnumSource
    void openMakesAnAccountOnlyOfNothing(Situation situation) {
        OpenAccount open = new OpenAccount(ACCOUNT, "Acme", CONTEXT);
        switch (situation) {
            case UNBORN ->
                    assertThat(AccountDecider.decide(situation.state, open))
                            .isEqualTo(accept(DONE, new AccountOpened("Acme")));
            case ACTIVE, SUSPENDED ->
                    assertThatIllegalStateException()
                            .isThrownBy(() -> AccountDecider.decide(situation.state, open));
        }
    }

    /** A suspended account may still pay. */
    @ParameterizedTest
    @EnumSource
    void everyAccountThatExistsCanBeCredited(Situation situation) {
        Decision<Done> expected =
                switch (situation) {
                    case UNBORN -> unknown();
                    case ACTIVE, SUSPENDED -> accept(DONE, new BalanceCredited(500, "inv-1"));
                };
        assertThat(AccountDecider.decide(situation.state, CREDIT)).isEqualTo(expected);
    }

    /** The same payment again is accepted and makes no event. */
    @ParameterizedTest
    @EnumSource
    void aReferenceIsCreditedOnce(Situation situation) {
        Decision<Done> expected =
                switch (situation) {
                    case UNBORN -> unknown();
                    case ACTIVE, SUSPENDED -> accept(DONE);
                };
        assertThat(
                        AccountDecider.decide(
                                situation.state,
                                CREDIT.knowing(facts(CREDIT, new BalanceCredited(500, "inv-1")))))
                .isEqualTo(expected);
    }

    /** A reference names one payment: another amount under it is a conflict. */
    @ParameterizedTest
    @EnumSource
    void aReferenceWithAnotherAmountIsAConflict(Situation situation) {
        Decision<Done> expected =
                switch (situation) {
                    case UNBORN -> unknown();
                    case ACTIVE, SUSPENDED ->
                            refuse(
                                    Refusal.REFERENCE_CONFLICT,
                                    "The reference inv-1 was credited before with amount 499.");
                };
        assertThat(
                        AccountDecider.decide(
                                situation.state,
                                CREDIT.knowing(facts(CREDIT, new BalanceCredited(499, "inv-1")))))
                .isEqualTo(expected);
    }

    /** Every correction is an event of its own, also of a suspended account. */
    @ParameterizedTest
    @EnumSource
    void everyAccountThatExistsCanBeCorrected(Situation situation) {
        for (long amount : new long[] {-5, 5}) {
            Decision<Done> expected =
                    switch (situation) {
                        case UNBORN -> unknown();
                        case ACTIVE, SUSPENDED ->
                                accept(DONE, new BalanceAdjusted(amount, "rounding"));
                    };
            assertThat(
                            AccountDecider.decide(
                                    situation.state,
                                    new AdjustBalance(ACCOUNT, amount, "rounding", CONTEXT)))
                    .isEqualTo(expected);
        }
    }

    /** Suspending what is suspended makes no event, also for another reason. */
    @ParameterizedTest
    @EnumSource
    void suspendIsAnEventOnlyForAnActiveAccount(Situation situation) {
        Decision<Done> expected =
                switch (situation) {
                    case UNBORN -> unknown();
                    case ACTIVE -> accept(DONE, new AccountSuspended("unpaid"));
                    case SUSPENDED -> accept(DONE);
                };
        assertThat(
                        AccountDecider.decide(
                                situation.state, new SuspendAccount(ACCOUNT, "unpaid", CONTEXT)))
                .isEqualTo(expected);
    }

    /** Resuming what is not suspended makes no event. */
    @ParameterizedTest
    @EnumSource
    void resumeIsAnEventOnlyForASuspendedAccount(Situation situation) {
        Decision<Done> expected =
                switch (situation) {
                    case UNBORN -> unknown();
                    case ACTIVE -> accept(DONE);
                    case SUSPENDED -> accept(DONE, new AccountResumed());
                };
        assertThat(AccountDecider.decide(situation.state, new ResumeAccount(ACCOUNT, CONTEXT)))
                .isEqualTo(expected);
    }

    /** What no event could hold never comes to a decision. */
    @Test
    void aCorrectionOfNothingIsNoCommand() {
        assertThatExceptionOfType(InvalidField.class)
                .isThrownBy(() -> new AdjustBalance(ACCOUNT, 0, "rounding", CONTEXT))
                .withMessageStartingWith("amount must ");
        assertThatExceptionOfType(InvalidField.class)
                .isThrownBy(() -> new AdjustBalance(ACCOUNT, 1, " ", CONTEXT))
                .withMessageStartingWith("reason must ");
        assertThatExceptionOfType(InvalidField.class)
                .isThrownBy(() -> new SuspendAccount(ACCOUNT, "", CONTEXT))
                .withMessageStartingWith("reason must ");
    }

    /** Only an active account gets new tokens. */
    @ParameterizedTest
    @EnumSource
    void onlyAnActiveAccountGetsAnotherToken(Situation situation) {
        Decision<Done> expected =
                switch (situation) {
                    case UNBORN -> unknown();
                    case ACTIVE -> accept(DONE);
                    case SUSPENDED ->
                            refuse(
                                    Refusal.ACCOUNT_SUSPENDED,
                                    "The account " + ACCOUNT + " is suspended.");
                };
        assertThat(AccountDecider.decide(situation.state, new AdmitToken(ACCOUNT, CONTEXT)))
                .isEqualTo(expected);
    }

    private static Decision<Done> unknown() {
        return refuse(Refusal.ACCOUNT_NOT_FOUND, "There is no account " + ACCOUNT + ".");
    }
}
