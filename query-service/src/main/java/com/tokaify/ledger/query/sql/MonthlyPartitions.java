package com.tokaify.ledger.query.sql;

import java.time.Period;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The partitions of a table that is cut by month (UTC), made when the first row of a month comes
 * and dropped, whole, when a newer month leaves them too far behind. Which months there are is
 * known to PostgreSQL alone, and changes in the transaction that writes the rows. Follows the rows
 * and no clock, so that a view that is rebuilt has the same months, in whatever order they came.
 */
public final class MonthlyPartitions {
    private static final DateTimeFormatter SUFFIX = DateTimeFormatter.ofPattern("uuuuMM");

    private final JdbcClient jdbc;
    private final String table;
    private final String options;
    private final @Nullable Period keep;

    /**
     * @param options of each partition, as {@code WITH (…)} has them
     * @param keep how far behind the newest month the oldest may be; null is for ever
     */
    public MonthlyPartitions(JdbcClient jdbc, String table, String options, @Nullable Period keep) {
        this.jdbc = jdbc;
        this.table = table;
        this.options = options;
        this.keep = keep;
    }

    /**
     * Makes partitions for these months, except those that are too old by now. Comes before any row
     * is written to the table in the transaction: making a partition waits for whoever writes.
     *
     * @return the months there are, which rows may be written to
     */
    public SortedSet<YearMonth> require(Collection<YearMonth> months) {
        SortedSet<YearMonth> present = present();
        if (present.containsAll(kept(present, months))) {
            return present;
        }
        // Instances side by side make each partition once.
        jdbc.sql("SELECT pg_advisory_xact_lock(hashtext('partitions of ' || :table))")
                .param("table", table)
                .query((_, _) -> table)
                .single();
        present = present();
        SortedSet<YearMonth> kept = kept(present, months);
        for (YearMonth month : kept) {
            if (!present.contains(month)) {
                create(month);
            }
        }
        for (YearMonth month : present) {
            if (!kept.contains(month)) {
                jdbc.sql("DROP TABLE " + name(month)).update();
            }
        }
        return kept;
    }

    private SortedSet<YearMonth> kept(SortedSet<YearMonth> present, Collection<YearMonth> months) {
        SortedSet<YearMonth> all = new TreeSet<>(present);
        all.addAll(months);
        return keep == null || all.isEmpty() ? all : all.tailSet(all.getLast().minus(keep));
    }

    private SortedSet<YearMonth> present() {
        return new TreeSet<>(
                jdbc.sql(
                                """
                                SELECT relname FROM pg_inherits JOIN pg_class ON pg_class.oid = inhrelid
                                WHERE inhparent = CAST(:table AS regclass)
                                """)
                        .param("table", table)
                        .query((row, _) ->
                                YearMonth.parse(
                                        row.getString("relname").substring(table.length() + 1),
                                        SUFFIX))
                        .list());
    }

    private void create(YearMonth month) {
        jdbc.sql(
                        "CREATE TABLE %s PARTITION OF %s FOR VALUES FROM ('%s') TO ('%s') WITH (%s)"
                                .formatted(
                                        name(month),
                                        table,
                                        start(month),
                                        start(month.plusMonths(1)),
                                        options))
                .update();
    }

    private String name(YearMonth month) {
        return table + "_" + SUFFIX.format(month);
    }

    private static String start(YearMonth month) {
        return month.atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant().toString();
    }
}
