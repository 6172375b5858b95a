package com.tokaify.ledger.query.sql;

import static org.assertj.core.api.Assertions.assertThat;

import com.tokaify.ledger.query.projection.ViewDatabase;
import com.tokaify.ledger.testkit.LedgerInfrastructure;
import com.tokaify.ledger.testkit.QueryDatabase;
import java.time.Period;
import java.time.YearMonth;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Partitions by month beside readers, who notice nothing of their coming and going. */
class MonthlyPartitionsIT {
    private static final YearMonth SEPTEMBER = YearMonth.of(2026, 9);
    private static final YearMonth OCTOBER = YearMonth.of(2026, 10);
    private static final YearMonth NOVEMBER = YearMonth.of(2026, 11);

    private final AtomicLong nanoTime = new AtomicLong(Long.MAX_VALUE);
    private ViewDatabase database;
    private JdbcClient jdbc;
    private TransactionTemplate transaction;
    private MonthlyPartitions usage;

    @BeforeEach
    void open() {
        database = new ViewDatabase();
        jdbc = database.jdbc();
        transaction = new TransactionTemplate(new JdbcTransactionManager(database.source()));
        usage = new MonthlyPartitions(jdbc, "usage", "fillfactor = 80", nanoTime::get);
    }

    @AfterEach
    void close() {
        database.close();
    }

    /** Who reads when a month is made goes on, and whoever comes then reads too. */
    @Test
    void aMonthIsMadeBesideReaders() {
        usage.require(List.of(OCTOBER));
        transaction.executeWithoutResult(_ -> {
            assertThat(usages()).isZero();
            elsewhere(() ->
                    transaction.execute(_ -> {
                        limitWaiting();
                        usage.require(List.of(OCTOBER, NOVEMBER));
                        return elsewhere(this::usagesWithoutWaiting);
                    }));
        });

        assertThat(usage.present()).containsExactly(OCTOBER, NOVEMBER);
        assertThat(
                        jdbc.sql(
                                        "SELECT array_to_string(reloptions, ' ') FROM pg_class WHERE relname = 'usage_2026_11'")
                                .query(String.class)
                                .single())
                .isEqualTo("fillfactor=80");
    }

    /**
     * Behind somebody who reads for long a month is not waited for: whoever comes later reads at
     * once, the transaction goes on, and some time after the reader has ended the month goes.
     */
    @Test
    void aMonthThatIsBeingReadIsDroppedLater() {
        usage.require(List.of(SEPTEMBER, OCTOBER));
        transaction.executeWithoutResult(_ -> {
            assertThat(usages()).isZero();
            elsewhere(() ->
                    transaction.execute(_ -> {
                        assertThat(usage.isFree()).isFalse();
                        pass(10);
                        assertThat(usage.drop(SEPTEMBER)).isFalse();
                        assertThat(lockTimeout()).as("ends with the attempt").isEqualTo("0");
                        assertThat(usage.present()).containsExactly(SEPTEMBER, OCTOBER);
                        return elsewhere(this::usagesWithoutWaiting);
                    }));
        });
        assertThat(usage.drop(SEPTEMBER)).as("too soon to try again").isFalse();

        pass(10);

        transaction.executeWithoutResult(_ -> {
            assertThat(usage.isFree()).isTrue();
            assertThat(elsewhere(this::usagesWithoutWaiting)).as("let go again").isZero();
            assertThat(usage.drop(SEPTEMBER)).isTrue();
        });
        assertThat(usage.present()).containsExactly(OCTOBER);
    }

    /** Whole months, counted from the newest: the last to be kept is the one that far behind it. */
    @Test
    void aMonthIsTooOldOnceItEndedThatFarBehindTheNewest() {
        TreeSet<YearMonth> months = new TreeSet<>(List.of(SEPTEMBER, OCTOBER, NOVEMBER));

        assertThat(MonthlyPartitions.tooOld(months, null)).isEmpty();
        assertThat(MonthlyPartitions.tooOld(months, Period.ofMonths(2))).isEmpty();
        assertThat(MonthlyPartitions.tooOld(months, Period.ofMonths(1))).containsExactly(SEPTEMBER);
        assertThat(MonthlyPartitions.tooOld(months, Period.ofDays(31)))
                .as("31 days before November it was October")
                .containsExactly(SEPTEMBER);
        assertThat(MonthlyPartitions.tooOld(months, Period.ofDays(32))).isEmpty();
        assertThat(MonthlyPartitions.tooOld(new TreeSet<>(), Period.ofMonths(1))).isEmpty();
    }

    /** Months that were made under their earlier names are found under those of today. */
    @Test
    void monthsOfBeforeAreRenamed() {
        QueryDatabase before = LedgerInfrastructure.get().newQueryDatabase();
        DriverManagerDataSource source =
                new DriverManagerDataSource(
                        before.jdbcUrl() + "?currentSchema=read",
                        "query_service",
                        before.password());
        Flyway.configure().dataSource(source).defaultSchema("read").target("9").load().migrate();
        JdbcClient old = JdbcClient.create(source);
        old.sql(
                        """
                        CREATE TABLE usage_202611 PARTITION OF usage
                        FOR VALUES FROM ('2026-11-01T00:00:00Z') TO ('2026-12-01T00:00:00Z')
                        """)
                .update();

        Flyway.configure().dataSource(source).defaultSchema("read").load().migrate();

        assertThat(new MonthlyPartitions(old, "usage", "fillfactor = 80").present())
                .containsExactly(NOVEMBER);
    }

    private long usages() {
        return jdbc.sql("SELECT count(*) FROM usage").query(Long.class).single();
    }

    private long usagesWithoutWaiting() {
        return transaction.execute(_ -> {
            limitWaiting();
            return usages();
        });
    }

    private void limitWaiting() {
        jdbc.sql("SET LOCAL lock_timeout = '2s'").update();
    }

    private String lockTimeout() {
        return jdbc.sql("SHOW lock_timeout").query(String.class).single();
    }

    private void pass(int seconds) {
        nanoTime.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
    }

    /** On a connection of its own. */
    private static <T> T elsewhere(Supplier<T> work) {
        return CompletableFuture.supplyAsync(work, task -> Thread.ofVirtual().start(task)).join();
    }
}
