package com.tokaify.ledger.query.account;

/** An account with its sums, at one moment. */
public record AccountMoment(AccountState state, AccountTotals totals) {}
