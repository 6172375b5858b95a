package com.tokaify.ledger.query.history;

import com.tokaify.ledger.events.codec.EventType;
import com.tokaify.ledger.events.id.AccountId;
import com.tokaify.ledger.query.sql.Columns;
import com.tokaify.ledger.query.time.Quarters;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What the tokens of an account had consumed at an instant, from the books' sums: whole days from
 * what moved the balance on them, then quarters of an hour, then the events of a single one. Read
 * by requests only. Books and history stand at the same positions whenever they are asked.
 */
final class ConsumptionTable {
    private final JdbcClient jdbc;

    ConsumptionTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Units that all tokens of the account consumed, refunds subtracted, by the events recorded up
     * to and at the instant.
     */
    long upTo(AccountId account, Instant instant) {
        LocalDate day = instant.atOffset(ZoneOffset.UTC).toLocalDate();
        return jdbc.sql(
                        """
                        SELECT CAST((SELECT coalesce(sum(amount), 0) FROM account_entry
                                     WHERE account_id = :account AND recorded_at < :dayStart)
                                  - (SELECT coalesce(sum(moved), 0) FROM account_day
                                     WHERE account_id = :account AND day < :day)
                                  + (SELECT coalesce(sum(consumed - refunded), 0) FROM account_usage
                                     WHERE account_id = :account AND starts_at >= :dayStart AND starts_at < :quarter)
                                  + (SELECT coalesce(sum(CAST(CAST(convert_from(data, 'UTF8') AS jsonb) ->> 'amount' AS bigint)
                                                         * CASE type WHEN :consumed THEN 1 ELSE -1 END), 0)
                                     FROM event
                                     WHERE account_id = :account AND recorded_at >= :quarter
                                           AND recorded_at <= :instant AND type IN (:consumed, :refunded))
                                    AS bigint)
                        """)
                .param("account", account.uuid())
                .param("day", day)
                .param("dayStart", Columns.timestamp(day.atStartOfDay(ZoneOffset.UTC).toInstant()))
                .param("quarter", Columns.timestamp(Quarters.startOf(instant)))
                .param("instant", Columns.timestamp(instant))
                .param("consumed", EventType.QUOTA_CONSUMED.ceType())
                .param("refunded", EventType.QUOTA_REFUNDED.ceType())
                .query(Long.class)
                .single();
    }
}
