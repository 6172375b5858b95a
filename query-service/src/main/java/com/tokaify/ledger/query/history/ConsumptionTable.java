package com.tokaify.ledger.query.history;

import com.tokaify.ledger.events.RecordedEvent;
import com.tokaify.ledger.events.TokenEvent.QuotaConsumed;
import com.tokaify.ledger.events.TokenEvent.QuotaRefunded;
import com.tokaify.ledger.events.codec.EventType;
import com.tokaify.ledger.events.id.AccountId;
import com.tokaify.ledger.events.id.TokenId;
import com.tokaify.ledger.query.sql.Columns;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The table {@code consumption_hour}: what the tokens of an account consumed, hour by hour, so that
 * their consumption up to an instant is a sum over hours and over the events of a single one.
 */
final class ConsumptionTable {
    private final JdbcClient jdbc;

    ConsumptionTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    private record Hour(AccountId account, Instant beginning) {}

    /**
     * @param owners of all the tokens in the events
     */
    void add(List<RecordedEvent> events, Map<TokenId, AccountId> owners) {
        Map<Hour, Long> sums = new HashMap<>();
        for (RecordedEvent event : events) {
            if (event.event() instanceof QuotaConsumed consumed) {
                add(sums, event, consumed.amount(), owners);
            } else if (event.event() instanceof QuotaRefunded refunded) {
                add(sums, event, -refunded.amount(), owners);
            }
        }
        add(sums);
    }

    private static void add(
            Map<Hour, Long> sums, RecordedEvent event, long units, Map<TokenId, AccountId> owners) {
        if (event.stream() instanceof TokenId token) {
            sums.merge(
                    new Hour(
                            Objects.requireNonNull(owners.get(token)),
                            event.recordedAt().truncatedTo(ChronoUnit.HOURS)),
                    units,
                    Math::addExact);
        }
    }

    /** In one order, so that instances side by side never deadlock. */
    private void add(Map<Hour, Long> sums) {
        if (sums.isEmpty()) {
            return;
        }
        List<Map.Entry<Hour, Long>> rows = List.copyOf(sums.entrySet());
        jdbc.sql(
                        """
                        INSERT INTO consumption_hour AS stored (account_id, hour, consumed)
                        SELECT account_id, hour, consumed
                        FROM unnest(CAST(:ids AS uuid[]), CAST(:hours AS timestamptz[]), :consumed)
                             AS added (account_id, hour, consumed)
                        ORDER BY account_id, hour
                        ON CONFLICT (account_id, hour) DO UPDATE SET consumed = stored.consumed + EXCLUDED.consumed
                        """)
                .param("ids", Columns.texts(rows, row -> row.getKey().account().uuid()))
                .param("hours", Columns.texts(rows, row -> row.getKey().beginning()))
                .param("consumed", Columns.numbers(rows, Map.Entry::getValue))
                .update();
    }

    /**
     * Units that all tokens of the account consumed, refunds subtracted, by the events recorded up
     * to and at the instant. Whole hours from their sums, the rest of an hour from its events.
     */
    long upTo(AccountId account, Instant instant) {
        return jdbc.sql(
                        """
                        SELECT CAST(coalesce((SELECT sum(consumed) FROM consumption_hour
                                              WHERE account_id = :account AND hour < :hour), 0)
                                  + coalesce((SELECT sum(CAST(CAST(convert_from(data, 'UTF8') AS jsonb) ->> 'amount' AS bigint)
                                                         * CASE type WHEN :consumed THEN 1 ELSE -1 END)
                                              FROM event
                                              WHERE account_id = :account AND recorded_at >= :hour
                                                    AND recorded_at <= :instant AND type IN (:consumed, :refunded)), 0)
                                    AS bigint)
                        """)
                .param("account", account.uuid())
                .param("hour", Columns.timestamp(instant.truncatedTo(ChronoUnit.HOURS)))
                .param("instant", Columns.timestamp(instant))
                .param("consumed", EventType.QUOTA_CONSUMED.ceType())
                .param("refunded", EventType.QUOTA_REFUNDED.ceType())
                .query(Long.class)
                .single();
    }
}
