package com.tokaify.ledger.command.account;

import static com.tokaify.ledger.command.Samples.ACCOUNT;
import static com.tokaify.ledger.command.Samples.CONTEXT;
import static com.tokaify.ledger.command.Samples.STRANGER;
import static com.tokaify.ledger.command.decision.Decision.accept;
import static com.tokaify.ledger.command.decision.Decision.refuse;

import com.tokaify.ledger.command.AggregateFixture;
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
import java.util.List;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.junit.jupiter.api.Test;

/** The account through Axon's own annotations: what is handled, created, applied and sourced. */
class AccountTest {
    private final AggregateFixture<Account> fixture = new AggregateFixture<>(Account.class);

    /** Opening needs no account before it, and its event carries who, when and why. */
    @Test
    void anAccountIsOpenedOfNothing() {
        fixture.givenNothing()
                .when(new OpenAccount(ACCOUNT, "Acme", CONTEXT))
                .decides(accept(new Done(ACCOUNT), new AccountOpened("Acme")));
    }

    /** No other command brings an account into being. */
    @Test
    void nothingButOpeningMakesAnAccount() {
        fixture.givenNothing()
                .when(new CreditBalance(ACCOUNT, 1, "inv-1", CONTEXT))
                .fails(AggregateNotFoundException.class);
        for (AccountCommand<?> command :
                List.of(
                        new AdjustBalance(ACCOUNT, 1, "rounding", CONTEXT),
                        new SuspendAccount(ACCOUNT, null, CONTEXT),
                        new ResumeAccount(ACCOUNT, CONTEXT),
                        new AdmitToken(ACCOUNT, CONTEXT))) {
            fixture.givenNothing().when(command).fails(AggregateNotFoundException.class);
        }
    }

    /** Who acts for another account learns nothing of this one, not even that it is there. */
    @Test
    void anAccountIsNotThereForAnother() {
        for (AccountCommand<?> command :
                List.of(
                        new CreditBalance(ACCOUNT, 1, "inv-1", STRANGER),
                        new SuspendAccount(ACCOUNT, null, STRANGER),
                        new AdmitToken(ACCOUNT, STRANGER))) {
            fixture.given(new AccountOpened("Acme"))
                    .when(command)
                    .decides(Decision.notFound(ACCOUNT));
        }
    }

    /** A credit is an event with its own amount. */
    @Test
    void anAccountIsCredited() {
        fixture.given(new AccountOpened("Acme"), new BalanceCredited(500, "inv-1"))
                .when(new CreditBalance(ACCOUNT, 20, "inv-2", CONTEXT))
                .decides(accept(new Done(ACCOUNT), new BalanceCredited(20, "inv-2")));
    }

    /** Suspension and its end are known from the events alone. */
    @Test
    void anAccountIsSuspendedCorrectedAndResumed() {
        fixture.given(new AccountOpened("Acme"))
                .when(new SuspendAccount(ACCOUNT, "unpaid", CONTEXT))
                .decides(accept(new Done(ACCOUNT), new AccountSuspended("unpaid")));
        fixture.given(new AccountOpened("Acme"), new AccountSuspended("unpaid"))
                .when(new AdjustBalance(ACCOUNT, -5, "fee", CONTEXT))
                .decides(accept(new Done(ACCOUNT), new BalanceAdjusted(-5, "fee")));
        fixture.given(new AccountOpened("Acme"), new AccountSuspended("unpaid"))
                .when(new ResumeAccount(ACCOUNT, CONTEXT))
                .decides(accept(new Done(ACCOUNT), new AccountResumed()));
    }

    /** Asking whether another token is welcome leaves no trace. */
    @Test
    void admittingATokenMakesNoEvent() {
        fixture.given(new AccountOpened("Acme"))
                .when(new AdmitToken(ACCOUNT, CONTEXT))
                .decides(accept(new Done(ACCOUNT)));
        fixture.given(new AccountOpened("Acme"), new AccountSuspended("unpaid"))
                .when(new AdmitToken(ACCOUNT, CONTEXT))
                .decides(
                        refuse(
                                Refusal.ACCOUNT_SUSPENDED,
                                "The account " + ACCOUNT + " is suspended."));
    }
}
