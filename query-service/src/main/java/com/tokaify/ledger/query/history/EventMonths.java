package com.tokaify.ledger.query.history;

import com.tokaify.ledger.query.sql.Columns;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The partitions of the table {@code event}, one per month of UTC, and since when they are kept.
 * Made and dropped in the transaction that writes the events, so PostgreSQL is asked which there
 * are every time: what memory said would be wrong after a rollback.
 */
final class EventMonths {
    private static final Pattern NAME = Pattern.compile("event_(\\d{4})_(\\d{2})");

    private final JdbcClient jdbc;

    EventMonths(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    static YearMonth of(Instant instant) {
        return YearMonth.from(instant.atOffset(ZoneOffset.UTC));
    }

    static Instant beginning(YearMonth month) {
        return month.atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    /** Those there are. */
    NavigableSet<YearMonth> all() {
        NavigableSet<YearMonth> months = new TreeSet<>();
        jdbc.sql(
                        """
                        SELECT relname FROM pg_inherits JOIN pg_class ON pg_class.oid = inhrelid
                        WHERE inhparent = CAST('event' AS regclass)
                        """)
                .query((row, _) -> parse(row.getString("relname")))
                .list()
                .forEach(months::add);
        return months;
    }

    /**
     * Sees to it that each of the months has its partition. Attaching lets readers go on, where
     * creating a partition in place would lock them out.
     */
    void require(Set<YearMonth> months) {
        if (all().containsAll(months)) {
            return;
        }
        awaitOthers();
        NavigableSet<YearMonth> missing = new TreeSet<>(months);
        missing.removeAll(all());
        for (YearMonth month : missing) {
            jdbc.sql("CREATE TABLE %s (LIKE event INCLUDING DEFAULTS)".formatted(name(month)))
                    .update();
            jdbc.sql(
                            "ALTER TABLE event ATTACH PARTITION %s FOR VALUES FROM ('%s') TO ('%s')"
                                    .formatted(
                                            name(month),
                                            beginning(month),
                                            beginning(month.plusMonths(1))))
                    .update();
        }
    }

    /** Instances side by side may come to a new month at once: one makes it, the other finds it. */
    private void awaitOthers() {
        jdbc.sql(
                        """
                        SELECT 1 FROM pg_advisory_xact_lock(CAST(CAST(CAST('event' AS regclass) AS oid) AS bigint))
                        """)
                .query(Integer.class)
                .single();
    }

    /** The month's events are gone, and those of all months before it were. */
    void drop(YearMonth month) {
        awaitOthers();
        jdbc.sql("DROP TABLE IF EXISTS " + name(month)).update();
        jdbc.sql(
                        """
                        INSERT INTO history_kept AS stored (single, since) VALUES (true, :since)
                        ON CONFLICT (single) DO UPDATE SET since = greatest(stored.since, EXCLUDED.since)
                        """)
                .param("since", Columns.timestamp(beginning(month.plusMonths(1))))
                .update();
    }

    /** From when on events are there; empty where all are. */
    Optional<Instant> keptSince() {
        return jdbc.sql("SELECT since FROM history_kept")
                .query(OffsetDateTime.class)
                .optional()
                .map(OffsetDateTime::toInstant);
    }

    private static String name(YearMonth month) {
        return "event_%04d_%02d".formatted(month.getYear(), month.getMonthValue());
    }

    private static YearMonth parse(String name) {
        Matcher matcher = NAME.matcher(name);
        if (!matcher.matches()) {
            throw new IllegalStateException(name + " is no month of the table event");
        }
        return YearMonth.of(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
    }
}
