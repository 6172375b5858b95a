package com.tokaify.ledger.query.usage;

import com.tokaify.ledger.events.id.AccountId;
import com.tokaify.ledger.events.id.StreamId;
import com.tokaify.ledger.events.id.TokenId;
import com.tokaify.ledger.query.sql.Columns;
import com.tokaify.ledger.query.sql.MonthlyPartitions;
import com.tokaify.ledger.query.sql.StagingTable;
import com.tokaify.ledger.service.sql.BinaryRows;
import java.time.Period;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A table of usage by model and quarter of an hour: {@code usage} of tokens, whose months go when
 * they are old, and {@code account_usage} of accounts, which stays, since statements are made of
 * it. Written by the projection's thread, read by requests.
 */
public final class UsageTable<S extends StreamId> {
    private final JdbcClient jdbc;
    private final StagingTable staging;
    private final String table;
    private final String id;
    private final @Nullable MonthlyPartitions months;
    private final @Nullable Period keep;

    private UsageTable(
            DataSource source,
            String table,
            String id,
            @Nullable MonthlyPartitions months,
            @Nullable Period keep) {
        this.jdbc = JdbcClient.create(source);
        this.staging =
                new StagingTable(
                        source,
                        "staged_" + table,
                        id + " uuid",
                        "starts_at timestamptz",
                        "model text",
                        "calls bigint",
                        "consumed bigint",
                        "refunds bigint",
                        "refunded bigint");
        this.table = table;
        this.id = id;
        this.months = months;
        this.keep = keep;
    }

    public static UsageTable<TokenId> ofTokens(DataSource source, UsageSettings settings) {
        return new UsageTable<>(
                source,
                "usage",
                "token_id",
                // Room on the page: the rows of the running quarter are rewritten with every batch.
                new MonthlyPartitions(JdbcClient.create(source), "usage", "fillfactor = 80"),
                settings.keep());
    }

    public static UsageTable<AccountId> ofAccounts(DataSource source) {
        return new UsageTable<>(source, "account_usage", "account_id", null, null);
    }

    /**
     * Adds to the sums, in the order of their keys, so that instances side by side never deadlock.
     * What belongs to a month that is not kept is passed over.
     */
    public void add(Map<UsageKey<S>, UsageSums> additions) {
        if (additions.isEmpty()) {
            return;
        }
        staging.merge(
                kept(additions),
                UsageTable::put,
                """
                INSERT INTO %1$s AS stored (%2$s, starts_at, model, calls, consumed, refunds, refunded)
                SELECT %2$s, starts_at, model, calls, consumed, refunds, refunded
                FROM staged_%1$s
                ORDER BY %2$s, starts_at, model
                ON CONFLICT (%2$s, starts_at, model) DO UPDATE SET
                    calls = stored.calls + EXCLUDED.calls,
                    consumed = stored.consumed + EXCLUDED.consumed,
                    refunds = stored.refunds + EXCLUDED.refunds,
                    refunded = stored.refunded + EXCLUDED.refunded
                """
                        .formatted(table, id));
    }

    private static <S extends StreamId> void put(
            BinaryRows rows, Map.Entry<UsageKey<S>, UsageSums> added) {
        rows.putUuid(added.getKey().of().uuid());
        rows.putInstant(added.getKey().startsAt());
        rows.putText(added.getKey().model());
        rows.putLong(added.getValue().calls());
        rows.putLong(added.getValue().consumed());
        rows.putLong(added.getValue().refunds());
        rows.putLong(added.getValue().refunded());
    }

    private List<Map.Entry<UsageKey<S>, UsageSums>> kept(Map<UsageKey<S>, UsageSums> additions) {
        if (months == null) {
            return List.copyOf(additions.entrySet());
        }
        Set<YearMonth> touched =
                additions.keySet().stream()
                        .map(key -> MonthlyPartitions.of(key.startsAt()))
                        .collect(Collectors.toCollection(TreeSet::new));
        NavigableSet<YearMonth> all = months.present();
        all.addAll(touched);
        Set<YearMonth> gone = MonthlyPartitions.tooOld(all, keep);
        touched.removeAll(gone);
        months.require(touched);
        return additions.entrySet().stream()
                .filter(row -> !gone.contains(MonthlyPartitions.of(row.getKey().startsAt())))
                .toList();
    }

    /**
     * Drops the months that are too old, those that are being read with a later batch. As late in a
     * transaction as can be: from here on nobody reads.
     */
    public void dropOld() {
        if (months != null && keep != null) {
            MonthlyPartitions.tooOld(months.present(), keep).forEach(months::drop);
        }
    }

    /**
     * Sums of one bucket.
     *
     * @param bucket its number, from 0
     * @param model empty where none was named, or where models are not told apart
     */
    record Found(int bucket, String model, UsageSums sums) {}

    /** Sums by bucket, those that are empty left out, the models in the order of their names. */
    List<Found> read(S of, UsageQuery query) {
        return jdbc.sql(reading(query.byModel()))
                .params(values(of, query))
                .query((row, _) ->
                        new Found(
                                row.getInt("bucket") - 1,
                                row.getString("model"),
                                new UsageSums(
                                        row.getLong("calls"),
                                        row.getLong("consumed"),
                                        row.getLong("refunds"),
                                        row.getLong("refunded"))))
                .list();
    }

    /**
     * Which bucket a row is in is looked up among the buckets' starts, in whatever zone those are.
     */
    String reading(boolean byModel) {
        return """
        SELECT * FROM (
            SELECT width_bucket(starts_at, CAST(:starts AS timestamptz[])) AS bucket, %s AS model,
                   sum(calls) AS calls, sum(consumed) AS consumed, sum(refunds) AS refunds, sum(refunded) AS refunded
            FROM %s
            WHERE %s = :id AND starts_at >= :from AND starts_at < :to
            GROUP BY 1, 2
        ) AS summed
        ORDER BY bucket, model COLLATE "C"
        """
                .formatted(byModel ? "model" : "''", table, id);
    }

    Map<String, Object> values(S of, UsageQuery query) {
        return Map.of(
                "id",
                of.uuid(),
                "from",
                Columns.timestamp(query.buckets().from()),
                "to",
                Columns.timestamp(query.buckets().to()),
                "starts",
                Columns.texts(query.buckets().starts(), start -> start));
    }
}
