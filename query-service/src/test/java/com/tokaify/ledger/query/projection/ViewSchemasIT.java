package com.tokaify.ledger.query.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tokaify.ledger.events.RecordedEvent;
import com.tokaify.ledger.query.RandomHistory;
import com.tokaify.ledger.query.books.BookTables;
import com.tokaify.ledger.query.books.BooksProjection;
import com.tokaify.ledger.query.catalog.CatalogProjection;
import com.tokaify.ledger.query.catalog.CatalogTable;
import com.tokaify.ledger.query.history.HistoryProjection;
import com.tokaify.ledger.query.history.HistorySettings;
import com.tokaify.ledger.query.usage.UsageSettings;
import com.tokaify.ledger.testkit.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** One schema in the place of another, step by step. */
class ViewSchemasIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final List<RecordedEvent> HISTORY =
            RandomHistory.of(46, ViewDatabase.PARTITIONS, 300);
    private static final int LIVE = 200;

    /** One each: who waits for a lock must not keep others from running. */
    private static final Executor THREADS = task -> Thread.ofVirtual().start(task);

    private ViewDatabase database;
    private ViewSchemas schemas;
    private ViewWriter live;
    private ViewWriter coming;

    /** The live views hold the first events; the coming ones are there and hold none. */
    @BeforeEach
    void open() {
        database = new ViewDatabase();
        live = database.startWriter();
        apply(live, 0, LIVE);
        schemas = database.newSchemas();
        schemas.makeNext();
        coming = ViewWriter.over(schemas.source(), ViewSchemasIT::views, ViewDatabase.PARTITIONS);
        coming.start();
    }

    @AfterEach
    void close() {
        schemas.close();
        database.close();
    }

    /**
     * The coming views are told where the live ones stand, are brought there, and take their place
     * with all they have; writing goes on in them.
     */
    @Test
    void whatIsBroughtLevelTakesThePlace() {
        apply(coming, 0, LIVE - 50);
        long view = coming.view();
        List<ProjectionPosition> positions = new PositionTable(database.jdbc()).all(live.names());
        List<ProjectionPosition> told = new ArrayList<>();

        boolean swapped =
                swap(goal -> {
                    told.addAll(goal);
                    elsewhere(() -> apply(coming, LIVE - 50, LIVE));
                    return true;
                });

        assertThat(swapped).isTrue();
        assertThat(told).containsExactlyInAnyOrderElementsOf(positions);
        assertThat(live.view()).isEqualTo(view);
        assertThat(schemas.hasNext()).isFalse();
        apply(live, LIVE, HISTORY.size());
        database.assertIsViewOf(HISTORY);
    }

    /**
     * What takes the place is shown to an auditor as what was there before: rights move with it.
     */
    @Test
    void whatTakesThePlaceIsShownToAuditors() {
        List<String> before = shownToAuditors();
        assertThat(before).isNotEmpty();

        swap(_ -> {
            elsewhere(() -> apply(coming, 0, LIVE));
            return true;
        });

        assertThat(schemas.hasNext()).isFalse();
        assertThat(shownToAuditors()).isEqualTo(before);
    }

    private List<String> shownToAuditors() {
        return database.asAuditor()
                .sql("SELECT CAST(token AS text) FROM token ORDER BY 1")
                .query((row, _) -> row.getString(1))
                .list();
    }

    /** Coming views that lack an event of the live ones do not take their place. */
    @Test
    void whatIsBehindIsRefused() {
        apply(coming, 0, LIVE - 1);

        assertThatThrownBy(() -> swap(_ -> true))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("behind the live ones in 3 positions");
        assertNothingWasSwapped();
    }

    /** Nor do those that have no position at all, as if there were nothing to lack. */
    @Test
    void whatKnowsNoPositionIsRefused() {
        JdbcClient.create(schemas.source()).sql("DELETE FROM projection_position").update();

        assertThatThrownBy(() -> swap(_ -> true)).hasMessageContaining("behind the live ones");
        assertNothingWasSwapped();
    }

    /**
     * What does not come level in time takes no place either, though it should be level after all.
     */
    @Test
    void whatIsNotBroughtInTimeIsNotSwapped() {
        apply(coming, 0, LIVE);

        assertThat(swap(_ -> false)).isFalse();
        assertNothingWasSwapped();
    }

    /**
     * While the coming views are brought to the live ones, these stand still and are read as ever:
     * who writes waits, and goes on in the new ones.
     */
    @Test
    void whileTheyComeLevelReadersReadAndWritersWait() {
        apply(coming, 0, LIVE);
        List<CompletableFuture<Void>> writing = new ArrayList<>();

        boolean swapped =
                swap(_ -> {
                    writing.add(
                            CompletableFuture.runAsync(
                                    () -> apply(live, LIVE, HISTORY.size()), THREADS));
                    Await.until(PATIENCE, "the writer waits", this::isWriterWaiting);
                    assertThat(elsewhere(() -> new OneMoment(database.source()).ask(this::tokens)))
                            .isPositive();
                    assertThat(writing.getFirst()).isNotDone();
                    return true;
                });

        assertThat(swapped).isTrue();
        writing.getFirst().join();
        database.assertIsViewOf(HISTORY);
    }

    /** A batch that is being written is waited for, not broken into: the swap comes later. */
    @Test
    void aBatchUnderWayIsNotBrokenInto() {
        apply(coming, 0, LIVE);
        PositionTable positions = new PositionTable(database.jdbc());

        new TransactionTemplate(new JdbcTransactionManager(database.source()))
                .executeWithoutResult(_ -> {
                    assertThat(positions.lock(live.names(), Set.of(0))).hasSize(3);
                    assertThat(
                                    swap(_ -> {
                                        throw new AssertionError("somebody writes");
                                    }))
                            .isFalse();
                });

        assertNothingWasSwapped();
        assertThat(swap(_ -> true)).isTrue();
    }

    /** Who asks several questions of one view keeps it until the last: the swap comes later. */
    @Test
    void aViewThatIsHeldOnToIsNotSwapped() {
        apply(coming, 0, LIVE);

        boolean swapped =
                new OneMoment(database.source()).ask(() -> tokens() > 0 && swap(_ -> true));

        assertThat(swapped).isFalse();
        assertNothingWasSwapped();
        assertThat(swap(_ -> true)).isTrue();
    }

    private boolean swap(Predicate<List<ProjectionPosition>> bring) {
        return schemas.swap(live.names(), bring);
    }

    /** And whoever writes the live views can do so. */
    private void assertNothingWasSwapped() {
        assertThat(schemas.hasNext()).isTrue();
        assertThat(
                        elsewhere(() ->
                                new PositionTable(database.jdbc()).lock(live.names(), Set.of(0))))
                .hasSize(live.names().size());
        database.assertIsViewOf(HISTORY.subList(0, LIVE));
    }

    private static int apply(ViewWriter writer, int from, int to) {
        List<RecordedEvent> events = HISTORY.subList(from, to);
        writer.apply(ViewDatabase.batch(events));
        return events.size();
    }

    private static List<Projection> views(DataSource source) {
        JdbcClient jdbc = JdbcClient.create(source);
        return List.of(
                new BooksProjection(BookTables.of(source, UsageSettings.FOR_EVER)),
                new CatalogProjection(new CatalogTable(jdbc)),
                new HistoryProjection(source, HistorySettings.FOR_EVER));
    }

    private long tokens() {
        return database.jdbc().sql("SELECT count(*) FROM token").query(Long.class).single();
    }

    private boolean isWriterWaiting() {
        return database.jdbc()
                .sql(
                        """
                        SELECT EXISTS (SELECT FROM pg_locks
                                       WHERE NOT granted AND mode = 'RowShareLock'
                                             AND relation = CAST('read.projection_position' AS regclass))
                        """)
                .query(Boolean.class)
                .single();
    }

    /** On a thread, and so a connection, of its own; a lock that is not to be there fails it. */
    private static <T> T elsewhere(Supplier<T> work) {
        return CompletableFuture.supplyAsync(work, THREADS)
                .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .join();
    }
}
