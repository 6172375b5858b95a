package com.tokaify.ledger.query.account;

import com.tokaify.ledger.events.id.AccountId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What moved an account's balance from one instant to another, in the order of time. Amounts are
 * units: {@code closingBalance = openingBalance + credited + adjusted - consumed + refunded}, on
 * every page.
 *
 * @param to the first instant that is no longer in it
 * @param openingBalance at {@code from}
 * @param closingBalance at {@code to}
 * @param nextCursor asks for the lines after these; null where there are none
 */
record Statement(
        AccountId accountId,
        Instant from,
        Instant to,
        String timeZone,
        long openingBalance,
        long credited,
        long adjusted,
        long consumed,
        long refunded,
        long closingBalance,
        List<StatementLine> items,
        @Nullable String nextCursor) {}
