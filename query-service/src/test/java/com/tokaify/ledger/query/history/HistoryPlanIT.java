package com.tokaify.ledger.query.history;

import static com.tokaify.ledger.query.ScriptedLedger.tokenCreated;
import static org.assertj.core.api.Assertions.assertThat;

import com.tokaify.ledger.events.Position;
import com.tokaify.ledger.events.RecordedEvent;
import com.tokaify.ledger.events.TokenEvent.QuotaConsumed;
import com.tokaify.ledger.events.TokenEvent.TokenRenamed;
import com.tokaify.ledger.events.codec.EventType;
import com.tokaify.ledger.events.id.AccountId;
import com.tokaify.ledger.events.id.TokenId;
import com.tokaify.ledger.query.ScriptedLedger;
import com.tokaify.ledger.query.past.AsOf;
import com.tokaify.ledger.query.projection.FilledDatabase;
import com.tokaify.ledger.query.projection.ViewDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * How much of three hundred thousand events of others PostgreSQL looks at for one token's past:
 * counted by PostgreSQL itself, whatever way it goes about it.
 */
class HistoryPlanIT {
    private static final int CHANGED_EVERY = 100;
    private static final int EVENTS = 3 * Checkpoints.EVERY + 500;

    private static final ScriptedLedger LEDGER = new ScriptedLedger(1);
    private static final AccountId ACCOUNT = LEDGER.newAccountId();
    private static final TokenId TOKEN = LEDGER.newTokenId();
    private static final List<RecordedEvent> HAPPENED = new ArrayList<>();

    /** What was looked at. */
    private record Looked(long wholeTables, long rows) {
        private Looked minus(Looked other) {
            return new Looked(wholeTables - other.wholeTables, rows - other.rows);
        }
    }

    @BeforeAll
    static void happen() {
        HAPPENED.add(LEDGER.record(TOKEN, tokenCreated(ACCOUNT, "first")));
        for (int i = 1; i < EVENTS; i++) {
            HAPPENED.add(
                    LEDGER.record(
                            TOKEN,
                            i % CHANGED_EVERY == 0
                                    ? new TokenRenamed("name " + i)
                                    : new QuotaConsumed("u" + i, 1, "gpt-a", i, false)));
        }
        FilledDatabase.database().apply(HAPPENED, HistorySettings.FOR_EVER);
        FilledDatabase.jdbc().sql("ANALYZE event").update();
        FilledDatabase.jdbc().sql("ANALYZE history_checkpoint").update();
    }

    /** A page is its events, and what was before them is folded from the checkpoint. */
    @Test
    void aPageOfHistoryLooksAtNoMoreThanASpan() {
        HistoryQuery query =
                new HistoryQuery(null, null, null, HistoryQuery.Order.NEWEST, 50, null);

        Looked looked = look(history -> assertThat(history.page(TOKEN, query)).isPresent());

        assertThat(looked.wholeTables()).isZero();
        assertThat(looked.rows()).isBetween(50L, 600L);
    }

    /** A moment of the past is folded from the checkpoint before it, by sequence or by time. */
    @Test
    void aMomentLooksAtNoMoreThanASpan() {
        RecordedEvent then = HAPPENED.get(2 * Checkpoints.EVERY + 300);
        for (AsOf asOf : List.of(new AsOf.After(then.sequence()), new AsOf.At(then.recordedAt()))) {
            Looked looked = look(history -> assertThat(history.token(TOKEN, asOf)).isNotNull());

            assertThat(looked.wholeTables()).as("%s", asOf).isZero();
            assertThat(looked.rows()).as("%s", asOf).isBetween(300L, 2L * Checkpoints.EVERY);
        }
    }

    /** The last change lies behind the consumption since, which is passed over. */
    @Test
    void theLastChangeIsFoundAmongConsumption() {
        Looked looked =
                look(history ->
                        assertThat(
                                        history.newest(
                                                TOKEN, Set.of(EventType.TOKEN_RENAMED), EVENTS, 1))
                                .hasSize(1));

        assertThat(looked.wholeTables()).isZero();
        assertThat(looked.rows()).isLessThan(10);
    }

    /** The last usage of an account is the end of its own feed. */
    @Test
    void theLastUsageOfAnAccountIsFoundAtTheEndOfItsFeed() {
        Looked looked =
                look(history ->
                        assertThat(history.lastUsage(ACCOUNT, HAPPENED.getLast().recordedAt()))
                                .map(RecordedEvent::position)
                                .hasValueSatisfying((Position last) ->
                                        assertThat(last.pseq()).isGreaterThan(EVENTS - 3L)));

        assertThat(looked.wholeTables()).isZero();
        assertThat(looked.rows()).isLessThan(10);
    }

    /** Asks in a transaction, whose counts PostgreSQL tells on the same connection. */
    private static Looked look(Consumer<History> question) {
        ViewDatabase database = FilledDatabase.database();
        return new TransactionTemplate(new JdbcTransactionManager(database.source()))
                .execute(_ -> {
                    Looked before = soFar(database);
                    question.accept(database.past());
                    return soFar(database).minus(before);
                });
    }

    /** With what earlier transactions of the connection have not told the others yet. */
    private static Looked soFar(ViewDatabase database) {
        return database.jdbc()
                .sql(
                        """
                        SELECT sum(seq_scan) AS whole_tables, sum(idx_tup_fetch) AS rows
                        FROM pg_stat_xact_user_tables
                        WHERE relname LIKE 'event%' OR relname = 'history_checkpoint'
                        """)
                .query((row, _) -> new Looked(row.getLong("whole_tables"), row.getLong("rows")))
                .single();
    }
}
