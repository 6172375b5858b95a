package com.tokaify.ledger.enforcement.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.tokaify.ledger.enforcement.TestLedger;
import com.tokaify.ledger.enforcement.view.LocalView;
import com.tokaify.ledger.enforcement.view.SnapshotFolder;
import com.tokaify.ledger.enforcement.view.ViewStatus;
import com.tokaify.ledger.events.AccountEvent.AccountOpened;
import com.tokaify.ledger.events.Restrictions;
import com.tokaify.ledger.events.StoredEvent;
import com.tokaify.ledger.events.TokenEvent;
import com.tokaify.ledger.events.id.AccountId;
import com.tokaify.ledger.events.id.TokenId;
import com.tokaify.ledger.events.secret.LookupHash;
import com.tokaify.ledger.testkit.Await;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An instance that ends and begins anew on a topic that may have changed meanwhile. */
class RestartTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration NEVER = Duration.ofDays(1);
    private static final LookupHash HASH = new LookupHash(1, 2, 3, 4);
    private static final TokenId TOKEN = TestLedger.token(1);
    private static final AccountId ACCOUNT = TestLedger.account(1);

    private final FakeTopic topic = new FakeTopic();
    private final TestLedger ledger = new TestLedger(1);
    private LocalView view = new LocalView(1);
    private Snapshots snapshots = Snapshots.none();
    private EventStreamReader reader = new EventStreamReader(topic.consumer(), view, snapshots);
    private long total;

    @TempDir private Path folder;

    @BeforeEach
    void aTopicWithTwoEvents() {
        topic.append(ledger.record(TOKEN, TestLedger.created(ACCOUNT, Restrictions.NONE, HASH)));
        topic.append(used(2));
    }

    @AfterEach
    void stop() {
        reader.close();
    }

    /** What the snapshot holds is not read again, but for its last record. */
    @Test
    void aRestartReadsOnlyTheTail() {
        start(NEVER);
        awaitReady(2);
        assertThat(topic.firstRead()).isZero();
        reader.close();

        topic.append(used(10));
        start(NEVER);
        awaitReady(3);
        assertThat(topic.firstRead()).isEqualTo(1);
        assertThat(consumed()).isEqualTo(12);
        assertThat(reader.rebuilds()).isZero();
    }

    /** Not only a good end leaves a snapshot: one is written while the view lives. */
    @Test
    void aKilledInstanceHasItsLastSnapshot() {
        start(Duration.ofMillis(1));
        awaitReady(2);
        topic.append(used(5));
        Await.until(LIMIT, "a snapshot", snapshots::eventsWritten, events -> events == 3);

        LocalView another = new LocalView(1);
        another.restore(new SnapshotFolder(folder).newest(1).orElseThrow());
        assertThat(another.eventsApplied()).isEqualTo(3);
    }

    /** A broker that was restored from an old copy lacks what the snapshot has: all is read. */
    @Test
    void aSnapshotAheadOfTheTopicIsNotBelieved() {
        start(NEVER);
        awaitReady(2);
        reader.close();

        topic.loseAfter(1);
        start(NEVER);
        awaitReady(1);
        assertThat(topic.firstRead()).isZero();
        assertThat(consumed()).isZero();
        assertThat(reader.rebuilds()).isEqualTo(1);
    }

    /** The same positions with other events are another ledger. */
    @Test
    void aSnapshotOfAnotherTopicIsNotBelieved() {
        start(NEVER);
        awaitReady(2);
        reader.close();

        topic.loseAfter(0);
        TestLedger other = new TestLedger(1);
        for (int i = 0; i < 3; i++) {
            topic.append(other.record(ACCOUNT, new AccountOpened("Other")));
        }
        start(NEVER);
        awaitReady(3);
        assertThat(view.find(TOKEN)).isEmpty();
        assertThat(reader.rebuilds()).isEqualTo(1);
    }

    /** Decoding a long history on several threads changes nothing about its order. */
    @Test
    void aLongHistoryIsFoldedInOrder() {
        for (int i = 0; i < 3000; i++) {
            topic.append(used(1 + i % 7));
        }
        start(NEVER);
        awaitReady(3002);
        assertThat(consumed()).isEqualTo(total);
        reader.close();

        start(NEVER);
        awaitReady(3002);
        assertThat(consumed()).isEqualTo(total);
        assertThat(reader.rebuilds()).isZero();
    }

    /** Nor about where it ends at what cannot be read: what is behind is not believed. */
    @Test
    void aGapInALongHistoryIsFoundWhereItIs() {
        for (int i = 0; i < 3000; i++) {
            if (i == 1700) {
                ledger.lose(TOKEN);
            }
            topic.append(used(1));
        }
        start(NEVER);
        Await.until(LIMIT, "the end", view::status, ViewStatus.Stopped.class::isInstance);
        assertThat(view.status().reason()).contains("event 1703 is missing");
        assertThat(view.eventsApplied()).isEqualTo(1702);
    }

    /** What did not arrive once is there when everything is read again, and nothing is lost. */
    @Test
    void aGapIsHealedByReadingEverythingAgain() {
        start(NEVER);
        awaitReady(2);

        topic.dropTheNextOnce();
        topic.append(used(10));
        topic.append(used(100));
        awaitReady(4);
        assertThat(consumed()).isEqualTo(112);
        assertThat(reader.rebuilds()).isEqualTo(1);
    }

    /** An event that is missing the second time too is missing: then only an operator helps. */
    @Test
    void aGapThatStaysStopsTheViewForGood() {
        start(NEVER);
        awaitReady(2);

        ledger.lose(TOKEN);
        topic.append(used(10));
        ViewStatus end =
                Await.until(LIMIT, "the end", view::status, ViewStatus.Stopped.class::isInstance);
        assertThat(end.reason()).contains("event 3 is missing");
        assertThat(reader.rebuilds()).isEqualTo(1);
        assertThat(view.mayDecide()).isFalse();
        reader.close();

        // The snapshot ends before the gap; the next instance comes to it as this one did.
        start(NEVER);
        Await.until(LIMIT, "the end again", view::status, ViewStatus.Stopped.class::isInstance);
    }

    private void start(Duration every) {
        view = new LocalView(1);
        snapshots = new Snapshots(folder, every);
        reader = new EventStreamReader(topic.consumer(), view, snapshots);
        reader.start();
    }

    private StoredEvent used(long units) {
        total += units;
        return ledger.record(
                TOKEN, new TokenEvent.QuotaConsumed("u" + total, units, null, total, false));
    }

    private long consumed() {
        return view.find(TOKEN).orElseThrow().consumed();
    }

    private void awaitReady(long events) {
        Await.until(
                LIMIT,
                "ready with " + events + " events",
                () -> view.ready() && view.eventsApplied() == events);
    }
}
