package com.tokaify.ledger.query.account;

import com.tokaify.ledger.events.AccountEvent;
import com.tokaify.ledger.events.AccountEvent.AccountOpened;
import com.tokaify.ledger.events.AccountEvent.AccountResumed;
import com.tokaify.ledger.events.AccountEvent.AccountSuspended;
import com.tokaify.ledger.events.AccountEvent.BalanceAdjusted;
import com.tokaify.ledger.events.AccountEvent.BalanceCredited;
import com.tokaify.ledger.events.RecordedEvent;
import com.tokaify.ledger.events.id.AccountId;
import com.tokaify.ledger.query.projection.BrokenStream;
import java.time.Instant;

/**
 * What an account is after its own events so far. Its sums are not here: most of what they are made
 * of happens in other streams.
 *
 * @param sequence of the last event in it
 */
public record AccountState(
        AccountId accountId, String name, boolean suspended, Instant openedAt, long sequence) {

    /**
     * The state that begins an account's stream.
     *
     * @throws BrokenStream where the stream begins with anything else
     */
    public static AccountState begin(
            AccountId accountId, RecordedEvent recorded, AccountEvent event) {
        if (!(event instanceof AccountOpened(String name))) {
            throw new BrokenStream(recorded, "the account was never opened");
        }
        return new AccountState(accountId, name, false, recorded.recordedAt(), recorded.sequence());
    }

    /**
     * @throws BrokenStream where the account is opened again
     */
    public AccountState evolve(RecordedEvent recorded, AccountEvent event) {
        boolean nowSuspended =
                switch (event) {
                    case AccountOpened _ ->
                            throw new BrokenStream(recorded, "the account is open already");
                    case AccountSuspended _ -> true;
                    case AccountResumed() -> false;
                    case BalanceCredited _, BalanceAdjusted _ -> suspended;
                };
        return new AccountState(accountId, name, nowSuspended, openedAt, recorded.sequence());
    }
}
