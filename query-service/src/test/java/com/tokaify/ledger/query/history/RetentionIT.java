package com.tokaify.ledger.query.history;

import static com.tokaify.ledger.query.ScriptedLedger.tokenCreated;
import static com.tokaify.ledger.query.history.TimeTravelIT.at;
import static com.tokaify.ledger.query.history.TimeTravelIT.row;
import static org.assertj.core.api.Assertions.assertThat;

import com.tokaify.ledger.events.LedgerEvent;
import com.tokaify.ledger.events.RecordedEvent;
import com.tokaify.ledger.events.TokenEvent.QuotaConsumed;
import com.tokaify.ledger.events.TokenEvent.TokenRenamed;
import com.tokaify.ledger.events.id.TokenId;
import com.tokaify.ledger.query.RandomHistory;
import com.tokaify.ledger.query.ScriptedLedger;
import com.tokaify.ledger.query.past.AsOf;
import com.tokaify.ledger.query.past.Past;
import com.tokaify.ledger.query.projection.NaiveFold;
import com.tokaify.ledger.query.projection.ViewDatabase;
import com.tokaify.ledger.query.token.TokenState;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Months of events: made when they come, dropped when they are too old and nobody reads them. */
class RetentionIT {
    private static final HistorySettings ONE_MONTH = new HistorySettings(Period.ofMonths(1));
    private static final Instant SINCE = Instant.parse("2026-10-01T00:00:00Z");

    private final ScriptedLedger ledger = new ScriptedLedger(1);
    private final TokenId token = ledger.newTokenId();
    private final List<RecordedEvent> happened = new ArrayList<>();
    private final List<ViewDatabase> databases = new ArrayList<>();

    @AfterEach
    void close() {
        databases.forEach(ViewDatabase::close);
    }

    /** The last microsecond of a month lies in it, the next one in the month after. */
    @Test
    void everyEventLiesInItsMonth() {
        happens("2026-11-30T23:59:59.999999Z", tokenCreated(ledger.newAccountId(), "one"));
        happens("2026-12-01T00:00:00Z", new TokenRenamed("two"));
        happens("2028-02-29T12:00:00Z", new TokenRenamed("three"));
        ViewDatabase database = newDatabase();

        database.apply(happened, HistorySettings.FOR_EVER);

        assertThat(
                        database.jdbc()
                                .sql(
                                        """
                                        SELECT CAST(CAST(tableoid AS regclass) AS text) FROM event ORDER BY sequence
                                        """)
                                .query(String.class)
                                .list())
                .containsExactly("event_2026_11", "event_2026_12", "event_2028_02");
    }

    /** Whole months go; what came of them is still known, and what was in them said to be gone. */
    @Test
    void monthsThatAreTooOldAreDroppedAndWhatCameOfThemIsKept() {
        happens("2026-09-15T00:00:00Z", tokenCreated(ledger.newAccountId(), "one"));
        happens("2026-09-30T23:59:59.999999Z", new QuotaConsumed("u1", 5, "gpt-a", 5, false));
        happens("2026-10-01T00:00:00Z", new TokenRenamed("two"));
        happens("2026-11-02T00:00:00Z", new QuotaConsumed("u2", 6, "gpt-a", 11, false));
        ViewDatabase database = newDatabase();
        database.apply(happened.subList(0, 3), ONE_MONTH);
        assertThat(sequences(database)).as("nothing is a month old").containsExactly(0L, 1L, 2L);

        database.apply(happened.subList(3, 4), ONE_MONTH);

        assertThat(sequences(database)).containsExactly(2L, 3L);
        History history = database.past();
        for (int upTo = 2; upTo < happened.size(); upTo++) {
            List<RecordedEvent> events = happened.subList(0, upTo + 1);
            assertThat(history.token(token, new AsOf.At(events.getLast().recordedAt())))
                    .isInstanceOfSatisfying(
                            Past.Known.class,
                            known ->
                                    assertThat(NaiveFold.token(events))
                                            .containsAllEntriesOf(row((TokenState) known.state())));
        }
        assertThat(history.token(token, new AsOf.At(SINCE.minusNanos(1000))))
                .isEqualTo(new Past.NotKept<>(SINCE));
        assertThat(history.token(token, new AsOf.After(0))).isEqualTo(new Past.NotKept<>(SINCE));
        HistoryPage page = page(history);
        assertThat(page.keptSince()).isEqualTo(SINCE);
        assertThat(page.items()).extracting(HistoryItem::sequence).containsExactly(3L, 2L);
        assertThat(page.items().getLast().changes())
                .singleElement()
                .satisfies(change -> {
                    assertThat(change.field()).isEqualTo("name");
                    assertThat(String.valueOf(change.before())).isEqualTo("\"one\"");
                });
    }

    /** While somebody reads an old month it stays as it is, and nothing is said to be gone. */
    @Test
    void aMonthThatIsBeingReadStays() {
        happens("2026-09-15T00:00:00Z", tokenCreated(ledger.newAccountId(), "one"));
        happens("2026-11-02T00:00:00Z", new TokenRenamed("two"));
        ViewDatabase database = newDatabase();
        TransactionTemplate export =
                new TransactionTemplate(new JdbcTransactionManager(database.source()));

        export.executeWithoutResult(_ -> {
            assertThat(sequences(database)).isEmpty();
            CompletableFuture.runAsync(() -> database.apply(happened, ONE_MONTH)).join();
        });

        assertThat(sequences(database)).containsExactly(0L, 1L);
        assertThat(page(database.past()).keptSince()).isNull();

        happens("2026-11-03T00:00:00Z", new TokenRenamed("three"));
        database.apply(happened.subList(2, 3), ONE_MONTH);

        assertThat(sequences(database)).containsExactly(1L, 2L);
        assertThat(page(database.past()).keptSince()).isEqualTo(SINCE);
    }

    /** A view built again, partition after partition, ends with the same rows, byte for byte. */
    @Test
    void whatIsDroppedDoesNotDependOnTheOrderOfPartitions() {
        List<RecordedEvent> events =
                RandomHistory.of(7, 4, 1000).stream()
                        .map(event ->
                                at(
                                        event,
                                        ScriptedLedger.BEGINNING.plus(
                                                Duration.between(
                                                                ScriptedLedger.BEGINNING,
                                                                event.recordedAt())
                                                        .multipliedBy(10_000))))
                        .toList();
        ViewDatabase live = newDatabase();
        List<RecordedEvent> inTime =
                events.stream().sorted(Comparator.comparing(RecordedEvent::recordedAt)).toList();
        for (int from = 0; from < inTime.size(); from += 250) {
            live.apply(inTime.subList(from, Math.min(from + 250, inTime.size())), ONE_MONTH);
        }
        ViewDatabase rebuilt = newDatabase();
        for (int partition = 3; partition >= 0; partition--) {
            int only = partition;
            rebuilt.apply(
                    events.stream().filter(event -> event.position().partition() == only).toList(),
                    ONE_MONTH);
        }

        assertThat(sequences(live)).as("some are dropped").hasSizeBetween(100, 900);
        assertThat(rebuilt.dump()).isEqualTo(live.dump());
    }

    private HistoryPage page(History history) {
        return history.page(
                        token,
                        new HistoryQuery(null, null, null, HistoryQuery.Order.NEWEST, 10, null))
                .orElseThrow();
    }

    private static List<Long> sequences(ViewDatabase database) {
        return database.jdbc()
                .sql("SELECT sequence FROM event ORDER BY sequence")
                .query((row, _) -> row.getLong("sequence"))
                .list();
    }

    private void happens(String at, LedgerEvent event) {
        happened.add(at(ledger.record(token, event), Instant.parse(at)));
    }

    private ViewDatabase newDatabase() {
        ViewDatabase database = new ViewDatabase();
        databases.add(database);
        return database;
    }
}
