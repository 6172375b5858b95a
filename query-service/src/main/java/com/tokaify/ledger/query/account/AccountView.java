package com.tokaify.ledger.query.account;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.tokaify.ledger.events.id.AccountId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An account as callers see it. Amounts are units.
 *
 * @param asOf when it was so; absent is now
 */
public record AccountView(
        AccountId accountId,
        String name,
        Status status,
        long balance,
        long credited,
        long adjusted,
        long consumed,
        Instant openedAt,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Instant asOf) {

    /** The words an account's status is told in. */
    public enum Status {
        @JsonProperty("active")
        ACTIVE,
        @JsonProperty("suspended")
        SUSPENDED
    }

    static AccountView of(AccountState state, AccountTotals totals) {
        return of(state, totals, null);
    }

    static AccountView of(AccountState state, AccountTotals totals, @Nullable Instant asOf) {
        return new AccountView(
                state.accountId(),
                state.name(),
                state.suspended() ? Status.SUSPENDED : Status.ACTIVE,
                totals.balance(),
                totals.credited(),
                totals.adjusted(),
                totals.consumed(),
                state.openedAt(),
                asOf);
    }
}
