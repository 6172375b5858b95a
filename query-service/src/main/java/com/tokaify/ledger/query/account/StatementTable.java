package com.tokaify.ledger.query.account;

import com.tokaify.ledger.events.id.AccountId;
import com.tokaify.ledger.query.account.StatementCursor.Place;
import com.tokaify.ledger.query.sql.Columns;
import com.tokaify.ledger.query.sql.StagingTable;
import com.tokaify.ledger.service.sql.BinaryRows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The tables {@code account_entry} and {@code account_day}, and the statements that are made of
 * them and of {@code account_usage}. Written by the projection's thread, read by requests.
 */
public final class StatementTable {
    /**
     * One statement reads it all, so that a batch in between cannot make the sums and the lines
     * disagree. The opening balance is the days (UTC) before the one {@code :from} lies in and what
     * moved it on that day.
     */
    static final String STATEMENT =
            """
            WITH opening AS (
                SELECT CAST(
                       (SELECT coalesce(sum(moved), 0) FROM account_day WHERE account_id = :id AND day < :day)
                     + (SELECT coalesce(sum(amount), 0) FROM account_entry
                        WHERE account_id = :id AND recorded_at >= :dayStart AND recorded_at < :from)
                     + (SELECT coalesce(sum(refunded - consumed), 0) FROM account_usage
                        WHERE account_id = :id AND starts_at >= :dayStart AND starts_at < :from)
                       AS bigint) AS balance
            ), used AS (
                SELECT least(:to, (CAST(:ends AS timestamptz[]))[width_bucket(starts_at, CAST(:starts AS timestamptz[]))])
                           AS at,
                       sum(consumed) AS consumed, sum(refunded) AS refunded
                FROM account_usage
                WHERE account_id = :id AND starts_at >= :from AND starts_at < :to
                GROUP BY 1
            ), line AS (
                SELECT recorded_at AS at, 2 AS rank, sequence, kind, amount, note FROM account_entry
                WHERE account_id = :id AND recorded_at >= :from AND recorded_at < :to
                UNION ALL
                SELECT at, 0, 0, 'consumption', - consumed, '' FROM used WHERE consumed > 0
                UNION ALL
                SELECT at, 1, 0, 'refund', refunded, '' FROM used WHERE refunded > 0
            ), total AS (
                SELECT coalesce(sum(amount) FILTER (WHERE kind = 'credit'), 0) AS credited,
                       coalesce(sum(amount) FILTER (WHERE kind = 'adjustment'), 0) AS adjusted,
                       coalesce(- sum(amount) FILTER (WHERE kind = 'consumption'), 0) AS consumed,
                       coalesce(sum(amount) FILTER (WHERE kind = 'refund'), 0) AS refunded
                FROM line
            ), page AS (
                SELECT * FROM (SELECT line.*, sum(amount) OVER (ORDER BY at, rank, sequence) AS moved FROM line) AS moving
                WHERE (at, rank, sequence) > (CAST(:afterAt AS timestamptz), :afterRank, :afterSequence)
                ORDER BY at, rank, sequence
                LIMIT :limit
            )
            SELECT opening.balance AS opening, total.*, page.*
            FROM opening CROSS JOIN total LEFT JOIN page ON true
            ORDER BY at, rank, sequence
            """;

    private static final String MERGE_DAYS =
            """
            INSERT INTO account_day AS stored (account_id, day, moved)
            SELECT account_id, day, moved FROM staged_account_day ORDER BY account_id, day
            ON CONFLICT (account_id, day) DO UPDATE SET moved = stored.moved + EXCLUDED.moved
            """;

    private final JdbcClient jdbc;
    private final StagingTable stagedDays;

    public StatementTable(DataSource source) {
        this.jdbc = JdbcClient.create(source);
        this.stagedDays =
                new StagingTable(
                        source,
                        "staged_account_day",
                        "account_id uuid",
                        "day date",
                        "moved bigint");
    }

    /** Writes entries, each of which comes once. */
    public void append(Collection<AccountEntry> entries) {
        if (entries.isEmpty()) {
            return;
        }
        jdbc.sql(
                        """
                        INSERT INTO account_entry (account_id, recorded_at, sequence, kind, amount, note)
                        SELECT account_id, recorded_at, sequence, kind, amount, note
                        FROM unnest(CAST(:ids AS uuid[]), CAST(:recordedAt AS timestamptz[]), :sequences, :kinds,
                                    :amounts, :notes)
                             AS appended (account_id, recorded_at, sequence, kind, amount, note)
                        """)
                .param("ids", Columns.texts(entries, entry -> entry.accountId().uuid()))
                .param("recordedAt", Columns.texts(entries, AccountEntry::recordedAt))
                .param("sequences", Columns.numbers(entries, AccountEntry::sequence))
                .param("kinds", Columns.texts(entries, AccountEntry::kind))
                .param("amounts", Columns.numbers(entries, AccountEntry::amount))
                .param("notes", Columns.texts(entries, AccountEntry::note))
                .update();
    }

    /** Adds to the days, in their order, so that instances side by side never deadlock. */
    public void add(Map<AccountDay, Long> moved) {
        if (moved.isEmpty()) {
            return;
        }
        stagedDays.merge(moved.entrySet(), StatementTable::put, MERGE_DAYS);
    }

    private static void put(BinaryRows rows, Map.Entry<AccountDay, Long> moved) {
        rows.putUuid(moved.getKey().accountId().uuid());
        rows.putDate(moved.getKey().day());
        rows.putLong(moved.getValue());
    }

    /** A page of a statement. */
    Statement read(AccountId accountId, StatementQuery query) {
        Reading reading = new Reading(accountId, query);
        jdbc.sql(STATEMENT)
                .params(values(accountId, query))
                .query((row, _) -> reading.read(row))
                .list();
        return reading.statement();
    }

    static Map<String, Object> values(AccountId accountId, StatementQuery query) {
        LocalDate day = query.from().atOffset(ZoneOffset.UTC).toLocalDate();
        List<Integer> days = new ArrayList<>();
        for (int i = 0; i < query.days().starts().size(); i++) {
            days.add(i);
        }
        StatementCursor after = query.after();
        Map<String, Object> values = new HashMap<>();
        values.put("id", accountId.uuid());
        values.put("day", day);
        values.put("dayStart", Columns.timestamp(day.atStartOfDay(ZoneOffset.UTC).toInstant()));
        values.put("from", Columns.timestamp(query.from()));
        values.put("to", Columns.timestamp(query.to()));
        values.put("starts", Columns.texts(query.days().starts(), start -> start));
        values.put("ends", Columns.texts(days, query.days()::endOf));
        values.put("limit", query.limit() + 1);
        values.put("afterAt", after == null ? "-infinity" : Columns.timestamp(after.place().at()));
        values.put("afterRank", after == null ? 0 : after.place().rank());
        values.put("afterSequence", after == null ? 0L : after.place().sequence());
        return values;
    }

    /** Gathers a page from its rows, of which there is always one. */
    private static final class Reading {
        private final AccountId accountId;
        private final StatementQuery query;
        private final List<StatementLine> lines = new ArrayList<>();
        private final List<Place> places = new ArrayList<>();
        private long opening;
        private long credited;
        private long adjusted;
        private long consumed;
        private long refunded;

        Reading(AccountId accountId, StatementQuery query) {
            this.accountId = accountId;
            this.query = query;
        }

        Reading read(ResultSet row) throws SQLException {
            opening = row.getLong("opening");
            credited = row.getLong("credited");
            adjusted = row.getLong("adjusted");
            consumed = row.getLong("consumed");
            refunded = row.getLong("refunded");
            String kind = row.getString("kind");
            if (kind != null) {
                Place place =
                        new Place(
                                Columns.instant(row, "at"),
                                row.getInt("rank"),
                                row.getLong("sequence"));
                places.add(place);
                lines.add(
                        StatementLine.of(
                                place.at(),
                                StatementLine.Kind.of(kind),
                                row.getLong("amount"),
                                opening + row.getLong("moved"),
                                row.getString("note")));
            }
            return this;
        }

        Statement statement() {
            boolean more = lines.size() > query.limit();
            return new Statement(
                    accountId,
                    query.from(),
                    query.to(),
                    query.zone().getId(),
                    opening,
                    credited,
                    adjusted,
                    consumed,
                    refunded,
                    opening + credited + adjusted - consumed + refunded,
                    List.copyOf(more ? lines.subList(0, query.limit()) : lines),
                    more
                            ? new StatementCursor(
                                            query.question(),
                                            query.to(),
                                            places.get(query.limit() - 1))
                                    .toString()
                            : null);
        }
    }
}
