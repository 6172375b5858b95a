package com.tokaify.ledger.query.projection;

import static com.tokaify.ledger.query.projection.ViewDatabase.PARTITIONS;
import static com.tokaify.ledger.query.projection.ViewDatabase.batch;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tokaify.ledger.events.RecordedEvent;
import com.tokaify.ledger.query.RandomHistory;
import java.sql.Date;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataIntegrityViolationException;

/** The views on a real PostgreSQL, fed with histories of every kind of event. */
class ProjectionIT {
    private static final long SEED = 20261123;
    private static final List<RecordedEvent> HISTORY = RandomHistory.of(SEED, PARTITIONS, 2000);

    private final List<ViewDatabase> databases = new ArrayList<>();

    @AfterEach
    void closeDatabases() {
        databases.forEach(ViewDatabase::close);
    }

    /** The views say what a fold written by other means says, for whatever history. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4}) // with a catalog that ends open and closed
    void theViewsEqualANaiveFold(long seed) {
        List<RecordedEvent> history = RandomHistory.of(seed, PARTITIONS, 1500);
        ViewDatabase database = newDatabase();

        applyInBatches(database.startWriter(), history, new Random(seed));

        NaiveFold naive = new NaiveFold(history);
        assertThat(rows(database, "token")).isEqualTo(naive.tokens());
        assertThat(rows(database, "token_use")).isEqualTo(naive.uses());
        assertThat(rows(database, "usage")).isEqualTo(naive.usageOfTokens());
        assertThat(rows(database, "account")).isEqualTo(naive.accounts());
        assertThat(rows(database, "account_usage")).isEqualTo(naive.usageOfAccounts());
        assertThat(rows(database, "account_entry")).isEqualTo(naive.entries());
        assertThat(rows(database, "account_day")).isEqualTo(naive.days());
        assertThat(rows(database, "account_totals")).isEqualTo(naive.totals());
        assertThat(rows(database, "catalog_group")).isEqualTo(naive.groups());
        assertThat(rows(database, "catalog_model")).isEqualTo(naive.models());
        assertThat(rows(database, "catalog_access")).isEqualTo(naive.access());
    }

    /** The same batch again, or one that overlaps with what was applied, changes nothing. */
    @Test
    void whatWasAppliedIsNeverAppliedAgain() {
        ViewDatabase twice = newDatabase();
        ViewWriter writer = twice.startWriter();

        writer.apply(batch(HISTORY.subList(0, 700)));
        writer.apply(batch(HISTORY.subList(0, 700)));
        writer.apply(batch(HISTORY));
        writer.apply(batch(HISTORY));

        twice.assertIsViewOf(HISTORY);
    }

    /** Wherever batches end, and wherever the service is started again, the views are the same. */
    @ParameterizedTest
    @ValueSource(ints = {1, 7, 100})
    void theViewsDoNotDependOnBatchesOrRestarts(int batchSize) {
        List<RecordedEvent> history = HISTORY.subList(0, 300);
        ViewDatabase cut = newDatabase();

        for (int from = 0; from < history.size(); from += batchSize) {
            int to = Math.min(from + batchSize, history.size());
            cut.startWriter().apply(batch(history.subList(from, to)));
        }

        cut.assertIsViewOf(history);
    }

    /** Two instances that follow the stream into one database at once do no harm to each other. */
    @Test
    void instancesSideBySideApplyEveryEventOnce() throws Exception {
        ViewDatabase shared = newDatabase();
        ViewWriter one = shared.startWriter();
        ViewWriter other = shared.startWriter();

        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> first = threads.submit(() -> applyInBatches(one, HISTORY, new Random(1)));
            Future<?> second = threads.submit(() -> applyInBatches(other, HISTORY, new Random(2)));
            first.get();
            second.get();
        }

        shared.assertIsViewOf(HISTORY);
    }

    /**
     * An instance that always comes second costs PostgreSQL a glance, no lock and no write, and
     * goes on at once where the first one has ended.
     */
    @Test
    void whoComesSecondLooksAndTakesOver() {
        ViewDatabase shared = newDatabase();
        ViewWriter first = shared.startWriter();
        ViewWriter second = shared.startWriter();
        first.apply(batch(HISTORY.subList(0, 500)));
        second.apply(batch(HISTORY.subList(0, 500)));
        first.apply(batch(HISTORY.subList(500, 1000)));
        List<@Nullable String> before = versions(shared);

        ViewWriter.Applied applied = second.apply(batch(HISTORY.subList(500, 1000)));

        assertThat(versions(shared)).isEqualTo(before);
        assertThat(applied.reached())
                .containsExactlyInAnyOrderElementsOf(shared.startWriter().start());
        second.apply(batch(HISTORY.subList(1000, 2000)));
        shared.assertIsViewOf(HISTORY);
    }

    /** Which transactions have written and locked each position. */
    private static List<@Nullable String> versions(ViewDatabase database) {
        return database.jdbc()
                .sql(
                        """
                        SELECT concat_ws(' ', projection, partition, xmin, xmax)
                        FROM projection_position
                        ORDER BY projection, partition
                        """)
                .query(String.class)
                .list();
    }

    /** A batch that fails half way leaves neither rows nor positions behind. */
    @Test
    void aFailedBatchLeavesNothing() {
        ViewDatabase database = newDatabase();
        ViewWriter writer = database.startWriter(database.books(), new FailingProjection());
        List<String> before = database.dump();

        assertThatThrownBy(() -> writer.apply(batch(HISTORY)))
                .hasMessage(FailingProjection.MESSAGE);

        assertThat(database.dump()).isEqualTo(before);
    }

    /** A projection that is new reads from the beginning, while the others stay where they are. */
    @Test
    void aNewProjectionCatchesUpBesideTheOthers() {
        ViewDatabase database = newDatabase();
        database.startWriter(database.books()).apply(batch(HISTORY.subList(0, 1000)));

        ViewWriter withNew =
                database.startWriter(database.books(), database.catalog(), database.history());
        assertThat(withNew.start()).extracting(ProjectionPosition::pseq).containsOnly(0L);
        withNew.apply(batch(HISTORY));

        database.assertIsViewOf(HISTORY);
    }

    /**
     * A database put back to an older state under a running service is noticed, not patched over.
     */
    @Test
    void aPositionThatWentBackIsAnError() {
        ViewDatabase database = newDatabase();
        ViewWriter writer = database.startWriter();
        writer.apply(batch(HISTORY.subList(0, 1000)));

        database.jdbc().sql("UPDATE projection_position SET pseq = 0").update();

        assertThatThrownBy(() -> writer.apply(batch(HISTORY.subList(1000, 2000))))
                .hasMessageContaining("went back to 0");
    }

    /**
     * An event that contradicts those before it stops its partition just there: what lies before it
     * is applied, and everything of the other partitions.
     */
    @Test
    void aContradictionStopsItsPartitionAtTheEvent() {
        BrokenHistory history = BrokenHistory.contradicting(HISTORY, 1500);
        ViewDatabase database = newDatabase();

        ViewWriter.Applied applied = database.startWriter().apply(batch(history.events()));

        history.assertStopped(applied);
        database.assertIsViewOf(history.intact());
    }

    /**
     * An event that no table takes, for whatever reason, is found among the others and stops its
     * partition there, as a contradiction does.
     */
    @Test
    void anEventThatCannotBeWrittenStopsItsPartitionAtTheEvent() {
        BrokenHistory history = new BrokenHistory(HISTORY, HISTORY.get(777));
        RefusingProjection refusing = new RefusingProjection(history.broken());
        ViewDatabase database = newDatabase();
        ViewWriter writer = database.startWriter(database.books(), database.catalog(), refusing);

        ViewWriter.Applied applied = writer.apply(batch(HISTORY));

        history.assertStopped(applied);
        assertThat(applied.stops().getFirst().reason()).endsWith("cannot be written: not this one");
        ViewDatabase reference = newDatabase();
        reference
                .startWriter(reference.books(), reference.catalog(), refusing)
                .apply(batch(history.intact()));
        assertThat(database.dump()).isEqualTo(reference.dump());
    }

    private ViewDatabase newDatabase() {
        ViewDatabase database = new ViewDatabase();
        databases.add(database);
        return database;
    }

    private static void applyInBatches(
            ViewWriter writer, List<RecordedEvent> history, Random random) {
        int from = 0;
        while (from < history.size()) {
            int to = Math.min(history.size(), from + 1 + random.nextInt(200));
            writer.apply(batch(history.subList(from, to)));
            from = to;
        }
    }

    private static List<String> rows(ViewDatabase database, String table) {
        return database.jdbc().sql("SELECT * FROM " + table).query().listOfRows().stream()
                .map(row -> {
                    Map<String, @Nullable Object> values = new HashMap<>();
                    row.forEach((column, value) -> values.put(column, comparable(value)));
                    return NaiveFold.text(values);
                })
                .sorted()
                .toList();
    }

    private static @Nullable Object comparable(@Nullable Object value) {
        return value instanceof Timestamp timestamp
                ? timestamp.toInstant()
                : value instanceof Date date ? date.toLocalDate() : value;
    }

    private record RefusingProjection(RecordedEvent poison) implements Projection {
        @Override
        public String name() {
            return "refusing";
        }

        @Override
        public void apply(List<RecordedEvent> events) {
            if (events.contains(poison)) {
                throw new DataIntegrityViolationException("not this one");
            }
        }
    }
}
