package com.tokaify.ledger.query.projection;

import static com.tokaify.ledger.query.projection.ViewDatabase.PARTITIONS;
import static com.tokaify.ledger.query.projection.ViewDatabase.batch;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tokaify.ledger.events.RecordedEvent;
import com.tokaify.ledger.query.RandomHistory;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A view that is made of a backlog, without what nobody needs before it is made. */
class FillingIT {
    private static final List<RecordedEvent> HISTORY = RandomHistory.of(20261130, PARTITIONS, 2000);

    private final ViewDatabase filled = new ViewDatabase();

    @AfterEach
    void closeDatabase() {
        filled.close();
    }

    /**
     * Wherever batches end, and with another process after each of them, a filled view equals one
     * that was followed, with all its indexes.
     */
    @ParameterizedTest
    @ValueSource(ints = {67, 400, 2000})
    void aFilledViewEqualsOneThatWasFollowed(int batchSize) {
        List<String> indexes = SchemaDump.indexes(filled.jdbc(), "read");
        begin(filled.startWriter());
        assertThat(SchemaDump.indexes(filled.jdbc(), "read"))
                .isNotEmpty()
                .hasSizeLessThan(indexes.size());

        for (int from = 0; from < HISTORY.size(); from += batchSize) {
            ViewWriter writer = filled.startWriter();
            assertThat(writer.beginFilling(false)).isTrue();
            writer.apply(batch(HISTORY.subList(from, Math.min(from + batchSize, HISTORY.size()))));
        }
        end(filled.startWriter());

        filled.assertIsViewOf(HISTORY);
        assertThat(SchemaDump.indexes(filled.jdbc(), "read")).isEqualTo(indexes);
    }

    /** Also the partitions that were made meanwhile get the indexes, which can be used. */
    @Test
    void everyPartitionHasItsIndexes() {
        ViewWriter writer = filled.startWriter();
        begin(writer);
        writer.apply(batch(HISTORY));
        end(writer);
        try (ViewDatabase followed = new ViewDatabase()) {
            followed.startWriter().apply(batch(HISTORY));
            assertThat(indexesOfPartitions(filled)).isEqualTo(indexesOfPartitions(followed));
        }
    }

    /** An index is only dropped where there is nothing to be found by it. */
    @Test
    void aViewThatHasSomethingIsNotFilled() {
        List<String> indexes = SchemaDump.indexes(filled.jdbc(), "read");
        ViewWriter writer = filled.startWriter();
        writer.apply(batch(HISTORY.subList(0, 1)));

        assertThat(writer.beginFilling(true)).isFalse();

        assertThat(SchemaDump.indexes(filled.jdbc(), "read")).isEqualTo(indexes);
    }

    /** Killed between the commits of two projections, each goes on where it was. */
    @Test
    void aCrashBetweenTwoCommitsIsMended() {
        ViewWriter writer = filled.startWriter();
        begin(writer);
        writer.apply(batch(HISTORY.subList(0, 500)));
        filled.startWriter(filled.books()).apply(batch(HISTORY.subList(500, 1000)));

        ViewWriter next = filled.startWriter();
        assertThat(next.beginFilling(false)).isTrue();
        next.apply(batch(HISTORY.subList(500, 1500)));
        next.apply(batch(HISTORY));
        end(next);

        filled.assertIsViewOf(HISTORY);
    }

    /** Where one projection fails, none keeps anything of the batch. */
    @Test
    void whatFailsInOneProjectionIsInNone() {
        ViewWriter writer =
                filled.startWriter(filled.books(), new FailingProjection(), filled.history());
        begin(writer);
        List<String> before = filled.dump();

        assertThatThrownBy(() -> writer.apply(batch(HISTORY)))
                .hasMessage(FailingProjection.MESSAGE);

        assertThat(filled.dump()).isEqualTo(before);
    }

    /** A contradiction stops its partition at the event, in all projections. */
    @Test
    void aContradictionStopsItsPartitionAtTheEvent() {
        BrokenHistory history = BrokenHistory.contradicting(HISTORY, 1500);
        ViewWriter writer = filled.startWriter();
        begin(writer);

        ViewWriter.Applied applied = writer.apply(batch(history.events()));
        end(writer);

        history.assertStopped(applied);
        filled.assertIsViewOf(history.intact());
    }

    /** What another instance has ended is ended for all: from then on projections move together. */
    @Test
    void oneInstanceEndsItForAll() {
        ViewWriter one = filled.startWriter();
        ViewWriter other = filled.startWriter();
        begin(one);
        assertThat(other.beginFilling(true)).isTrue();
        one.apply(batch(HISTORY.subList(0, 1000)));
        end(one);

        other.apply(batch(HISTORY));
        end(other);

        filled.assertIsViewOf(HISTORY);
    }

    private static void begin(ViewWriter writer) {
        assertThat(writer.beginFilling(true)).isTrue();
    }

    private static void end(ViewWriter writer) {
        assertThat(writer.endFilling()).isTrue();
    }

    private static List<String> indexesOfPartitions(ViewDatabase database) {
        return database.jdbc()
                .sql(
                        """
                        SELECT indrelid::regclass || regexp_replace(pg_get_indexdef(indexrelid), '.* USING', '') || indisvalid
                        FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid
                        WHERE relnamespace = CAST('read' AS regnamespace) AND relispartition
                        ORDER BY 1
                        """)
                .query((row, _) -> row.getString(1))
                .list();
    }
}
