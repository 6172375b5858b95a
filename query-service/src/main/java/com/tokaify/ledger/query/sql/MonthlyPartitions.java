package com.tokaify.ledger.query.sql;

import java.time.Instant;
import java.time.Period;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.NavigableSet;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The partitions of a table that is cut by month (UTC), made when the first row of a month comes
 * and dropped whole. Which there are is known to PostgreSQL alone, and changes in the transaction
 * that writes the rows: what memory said would be wrong after a rollback. One thread.
 *
 * <p>Readers are not kept waiting. A month is made apart and then attached, where making it in
 * place would lock the whole table. To drop one, PostgreSQL needs the table for itself; behind an
 * export of half an hour that wish would wait as long, and everybody who comes later behind it. So
 * it is given up after a moment and tried again later.
 */
public final class MonthlyPartitions {
    private static final DateTimeFormatter SUFFIX = DateTimeFormatter.ofPattern("uuuu_MM");

    /** Between attempts to drop, each of which may keep readers waiting for a tenth of a second. */
    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final JdbcClient jdbc;
    private final String table;
    private final String options;
    private final LongSupplier nanoTime;
    private long nextAttempt;

    /**
     * @param options of each partition, as {@code WITH (…)} has them
     */
    public MonthlyPartitions(JdbcClient jdbc, String table, String options) {
        this(jdbc, table, options, System::nanoTime);
    }

    MonthlyPartitions(JdbcClient jdbc, String table, String options, LongSupplier nanoTime) {
        this.jdbc = jdbc;
        this.table = table;
        this.options = options;
        this.nanoTime = nanoTime;
        this.nextAttempt = nanoTime.getAsLong();
    }

    /** The month an instant lies in. */
    public static YearMonth of(Instant instant) {
        return YearMonth.from(instant.atOffset(ZoneOffset.UTC));
    }

    /** The first instant of a month. */
    public static Instant beginning(YearMonth month) {
        return month.atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    /**
     * Those that are further behind the newest than is to be kept. Follows from the months and no
     * clock, so that a view that is built anew ends with the same ones, in whatever order they
     * came.
     *
     * @param keep null is for ever
     */
    public static SortedSet<YearMonth> tooOld(
            NavigableSet<YearMonth> months, @Nullable Period keep) {
        return keep == null || months.isEmpty()
                ? new TreeSet<>()
                : months.headSet(YearMonth.from(months.last().atDay(1).minus(keep)), false);
    }

    /** Those there are. */
    public NavigableSet<YearMonth> present() {
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

    /** Sees to it that each of the months has its partition. */
    public void require(Collection<YearMonth> months) {
        if (present().containsAll(months)) {
            return;
        }
        awaitOthers();
        NavigableSet<YearMonth> missing = new TreeSet<>(months);
        missing.removeAll(present());
        missing.forEach(this::create);
    }

    /** Instances side by side may come to a new month at once: one makes it, the other finds it. */
    private void awaitOthers() {
        jdbc.sql(
                        """
                        SELECT 1 FROM pg_advisory_xact_lock(CAST(CAST(CAST(:table AS regclass) AS oid) AS bigint))
                        """)
                .param("table", table)
                .query(Integer.class)
                .single();
    }

    private void create(YearMonth month) {
        jdbc.sql(
                        "CREATE TABLE %s (LIKE %s INCLUDING DEFAULTS) WITH (%s)"
                                .formatted(name(month), table, options))
                .update();
        jdbc.sql(
                        "ALTER TABLE %s ATTACH PARTITION %s FOR VALUES FROM ('%s') TO ('%s')"
                                .formatted(
                                        table,
                                        name(month),
                                        beginning(month),
                                        beginning(month.plusMonths(1))))
                .update();
    }

    /**
     * Whether a month could be dropped right now: for what is worth doing only then. Says no
     * without asking for a while after that was the answer.
     */
    public boolean isFree() {
        return attempt("SELECT is_free(:name)", table);
    }

    /**
     * Drops a month, as late in a transaction as can be: from here to its end nobody reads the
     * table.
     *
     * @return false where somebody reads it and goes on reading; it is to be tried again later
     */
    public boolean drop(YearMonth month) {
        return attempt("SELECT drop_unless_read(:name)", name(month));
    }

    private boolean attempt(String question, String name) {
        if (nanoTime.getAsLong() - nextAttempt < 0) {
            return false;
        }
        boolean done = jdbc.sql(question).param("name", name).query(Boolean.class).single();
        if (!done) {
            nextAttempt = nanoTime.getAsLong() + PAUSE_NANOS;
        }
        return done;
    }

    private String name(YearMonth month) {
        return table + "_" + SUFFIX.format(month);
    }
}
