package com.tokaify.ledger.query.account;

import com.tokaify.ledger.events.id.AccountId;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** A day (UTC) of an account. */
public record AccountDay(AccountId accountId, LocalDate day) {

    public static AccountDay of(AccountId accountId, Instant instant) {
        return new AccountDay(accountId, instant.atOffset(ZoneOffset.UTC).toLocalDate());
    }
}
