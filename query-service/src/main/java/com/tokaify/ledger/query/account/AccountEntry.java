package com.tokaify.ledger.query.account;

import com.tokaify.ledger.events.id.AccountId;
import java.time.Instant;

/**
 * A credit or an adjustment, as it was recorded.
 *
 * @param sequence of the event, in the account's stream
 * @param amount units, signed
 * @param note a credit's reference, an adjustment's reason
 */
public record AccountEntry(
        AccountId accountId,
        Instant recordedAt,
        long sequence,
        StatementLine.Kind kind,
        long amount,
        String note) {}
