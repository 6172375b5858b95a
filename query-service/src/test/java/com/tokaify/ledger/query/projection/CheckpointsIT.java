package com.tokaify.ledger.query.projection;

import static com.tokaify.ledger.query.ScriptedLedger.tokenCreated;
import static com.tokaify.ledger.query.projection.ViewDatabase.PARTITIONS;
import static com.tokaify.ledger.query.projection.ViewDatabase.batch;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tokaify.ledger.events.RecordedEvent;
import com.tokaify.ledger.events.TokenEvent.QuotaConsumed;
import com.tokaify.ledger.events.id.TokenId;
import com.tokaify.ledger.query.ScriptedLedger;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checkpoints are the same whether what was before is in memory or must be read again. */
class CheckpointsIT {
    private static final int EVENTS = 2_500;
    private static final List<RecordedEvent> HISTORY = history();

    private final ViewDatabase database = new ViewDatabase();
    private final ViewDatabase reference = new ViewDatabase();

    @AfterEach
    void closeDatabases() {
        database.close();
        reference.close();
    }

    /** By one process from memory, by a new one for every batch from the table. */
    @ParameterizedTest
    @ValueSource(ints = {333, 1000, 1100})
    void theyDoNotDependOnBatchesOrRestarts(int batchSize) {
        ViewWriter writer = database.startWriter();
        for (int from = 0; from < EVENTS; from += batchSize) {
            List<RecordedEvent> events = HISTORY.subList(from, Math.min(from + batchSize, EVENTS));
            writer.apply(batch(events));
            reference.startWriter().apply(batch(events));
        }

        assertThat(sequences(database)).containsExactly(999L, 1999L);
        assertThat(database.dump()).isEqualTo(reference.dump());
    }

    /** What was folded in a transaction that failed is not taken for what is in the table. */
    @Test
    void aFailureLeavesNothingWrongInMemory() {
        FailingOnce failing = new FailingOnce();
        ViewWriter writer = database.startWriter(database.books(), database.history(), failing);
        writer.apply(batch(HISTORY.subList(0, 600)));
        failing.next = true;
        assertThatThrownBy(() -> writer.apply(batch(HISTORY.subList(600, 1500))))
                .hasMessage("this once");

        writer.apply(batch(HISTORY.subList(600, 1100)));
        writer.apply(batch(HISTORY.subList(1100, EVENTS)));

        reference
                .startWriter(reference.books(), reference.history(), new FailingOnce())
                .apply(batch(HISTORY));
        assertThat(database.dump()).isEqualTo(reference.dump());
    }

    private static List<RecordedEvent> history() {
        ScriptedLedger ledger = new ScriptedLedger(PARTITIONS);
        TokenId token = ledger.newTokenId();
        List<RecordedEvent> events = new ArrayList<>();
        events.add(ledger.record(token, tokenCreated(ledger.newAccountId(), "busy")));
        for (int i = 1; i < EVENTS; i++) {
            events.add(ledger.record(token, new QuotaConsumed("u" + i, 1, null, i, false)));
        }
        return events;
    }

    private static List<Long> sequences(ViewDatabase database) {
        return database.jdbc()
                .sql("SELECT sequence FROM history_checkpoint ORDER BY sequence")
                .query((row, _) -> row.getLong("sequence"))
                .list();
    }

    private static final class FailingOnce implements Projection {
        private boolean next;

        @Override
        public String name() {
            return "failing";
        }

        @Override
        public void apply(List<RecordedEvent> events) {
            if (next) {
                next = false;
                throw new IllegalStateException("this once");
            }
        }
    }
}
