package com.tokaify.ledger.query.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tokaify.ledger.events.Position;
import com.tokaify.ledger.events.id.AccountId;
import com.tokaify.ledger.events.id.TokenId;
import com.tokaify.ledger.query.ScriptedLedger;
import com.tokaify.ledger.query.audit.AuditRow;
import com.tokaify.ledger.query.projection.ViewPositions;
import com.tokaify.ledger.service.problem.ProblemException;
import com.tokaify.ledger.testkit.Await;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;

/** Who is told what, by a feed over a table that is a list. */
class LiveFeedTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** So long that what a test does next is done, and short enough to wait for its end once. */
    private static final Duration PATIENCE_WITH_VIEW = Duration.ofSeconds(3);

    private static final Duration HEARTBEAT = Duration.ofMillis(10);
    private static final LiveSettings SETTINGS =
            new LiveSettings(Duration.ofMillis(1), HEARTBEAT, PATIENCE, 3, 100, 50);

    private final ScriptedLedger ledger = new ScriptedLedger(1);
    private final AccountId account = ledger.newAccountId();
    private final ListedChanges changes = new ListedChanges();
    private final ViewPositions positions = new ViewPositions(1);
    private volatile Duration longest = PATIENCE.multipliedBy(2);
    private final LiveFeed feed = new LiveFeed(positions, changes, SETTINGS, PATIENCE_WITH_VIEW);
    private final Replay replay = new Replay(changes, changes, SETTINGS.maxReplay());

    @BeforeEach
    void start() {
        positions.reached(new Position(0, 0));
        feed.start();
    }

    @AfterEach
    void stop() {
        feed.stop();
    }

    /** Nobody listens, nobody asks the database. */
    @Test
    void nothingIsReadWhileNobodyListens() throws Exception {
        happens(10);
        Listener listener = feed.attach(LiveScope.EVERYTHING, Mark.of(10));

        assertThat(listener.start()).isEqualTo(Mark.of(10));
        assertThat(changes.reads).hasValue(0);
    }

    /** A listener is told of what it asked for: its account, its token, and the catalog. */
    @Test
    void aListenerIsToldOfWhatConcernsIt() throws Exception {
        TokenId mine = ledger.newTokenId();
        Listener everything = feed.attach(LiveScope.EVERYTHING, null);
        Listener ofAccount = feed.attach(new LiveScope(account, null), null);
        Listener ofOther = feed.attach(new LiveScope(ledger.newAccountId(), mine), null);
        changes.add(mine, account);
        changes.add(ledger.newTokenId(), ledger.newAccountId());
        positions.reached(new Position(0, 2));

        assertThat(next(everything)).contains("\"position\":\"0:1\"");
        assertThat(next(everything)).contains("\"position\":\"0:2\"");
        assertThat(next(ofAccount)).contains("\"position\":\"0:1\"").contains("event: token\n");
        assertThat(ofAccount.next(Duration.ZERO)).isEmpty();
        assertThat(ofOther.next(Duration.ZERO)).as("another's token").isEmpty();
    }

    /** The one for whom most waits is cut; those who keep up are told everything. */
    @Test
    void theSlowestListenerIsCut() throws Exception {
        Listener slow = feed.attach(LiveScope.EVERYTHING, null);
        Listener quick = feed.attach(LiveScope.EVERYTHING, null);
        for (int i = 1; i <= 3; i++) {
            happens(40);
            for (int n = 0; n < 40; n++) {
                assertThat(next(quick))
                        .contains("\"position\":\"0:" + ((i - 1) * 40 + n + 1) + "\"");
            }
        }

        Await.until(PATIENCE, "the slow one is over", slow::isOver);
        assertThat(slow.waiting()).isZero();
        assertThat(quick.isOver()).isFalse();
    }

    /** The database is away: nothing is lost, it is told when it is back. */
    @Test
    void whatCannotBeReadIsToldLater() throws Exception {
        Listener listener = feed.attach(LiveScope.EVERYTHING, null);
        changes.away = true;
        happens(1);
        Await.until(PATIENCE, "tried", () -> changes.reads.get() > 0);
        assertThat(feed.head()).isEqualTo(Mark.of(0));

        changes.away = false;
        happens(1);

        assertThat(next(listener)).contains("\"position\":\"0:1\"");
        assertThat(next(listener)).contains("\"position\":\"0:2\"");
    }

    /** Who has missed something is told of it first, then of what happens; of each once. */
    @Test
    void aListenerGoesOnWhereItWas() throws Exception {
        happens(20);
        Transcript transcript = follow(Mark.of(5));
        transcript.await("id: " + Mark.of(20) + "\n\n");
        happens(3);
        transcript.await("\"position\":\"0:23\"");

        assertThat(transcript.positions()).isEqualTo(range(6, 23));
        assertThat(transcript.text()).doesNotContain("reset");
    }

    /** A silent stream still says how far it is, so that who comes back is not told all again. */
    @Test
    void silenceMovesTheIdOn() throws Exception {
        Transcript transcript = follow(new LiveScope(ledger.newAccountId(), null), null);
        happens(7);

        transcript.await(": nothing new\nid: " + Mark.of(7) + "\n\n");
        assertThat(transcript.positions()).isEmpty();
    }

    /** What is too long ago is not told; the listener is told so, and goes on from now. */
    @Test
    void whoHasMissedTooMuchIsToldToLoadAnew() throws Exception {
        happens(60);
        Transcript transcript = follow(Mark.of(5));

        transcript.await("id: " + Mark.of(60) + "\nevent: reset\n");
        happens(1);
        transcript.await("\"position\":\"0:61\"");
        assertThat(transcript.positions()).isEqualTo(range(61, 61));
    }

    /** So it is where events in between are no longer kept. */
    @Test
    void whoHasMissedWhatIsNoLongerKeptIsToldToLoadAnew() throws Exception {
        happens(20);
        changes.drop(10);
        Transcript transcript = follow(Mark.of(5));

        transcript.await("id: " + Mark.of(20) + "\nevent: reset\n");
        assertThat(transcript.positions()).isEmpty();
    }

    /** Who has seen more than this view is waited for, and nothing is told twice. */
    @Test
    void whoIsAheadOfTheViewIsWaitedFor() throws Exception {
        Transcript transcript = follow(Mark.of(2));
        happens(3);

        transcript.await("\"position\":\"0:3\"");
        assertThat(transcript.positions()).isEqualTo(range(3, 3));
        assertThat(transcript.text()).doesNotContain("reset");
    }

    /** A view that never comes there was thrown away: what was seen is worth nothing any more. */
    @Test
    void whoIsAheadOfTheViewForGoodIsToldToLoadAnew() throws Exception {
        follow(Mark.of(1_000)).await("id: " + Mark.of(0) + "\nevent: reset\n");
    }

    /** More than may listen are asked to come again. */
    @Test
    void onlySoManyListen() throws Exception {
        for (int i = 0; i < SETTINGS.maxListeners(); i++) {
            feed.attach(LiveScope.EVERYTHING, null);
        }

        assertThatThrownBy(() -> feed.attach(LiveScope.EVERYTHING, null))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("TOO_MANY_LISTENERS");
    }

    /**
     * Who may listen is asked at the beginning, so nobody listens for ever: who comes back goes on
     * where it was.
     */
    @Test
    void aListenerHasToComeBackAfterAWhile() throws Exception {
        longest = Duration.ofMillis(50);
        Transcript first = follow(null);
        first.end();

        happens(3);
        longest = PATIENCE;
        Transcript second = follow(Mark.of(0));
        second.await("\"position\":\"0:3\"");
        assertThat(second.positions()).isEqualTo(range(1, 3));
    }

    /** At the end listeners are over, and no new one is taken. */
    @Test
    void theEndOfTheFeedEndsItsListeners() throws Exception {
        Transcript transcript = follow(null);
        transcript.await("retry: ");

        feed.stop();

        transcript.end();
        assertThatThrownBy(() -> feed.attach(LiveScope.EVERYTHING, null))
                .isInstanceOf(ProblemException.class);
    }

    private void happens(int count) {
        for (int i = 0; i < count; i++) {
            changes.add(ledger.newTokenId(), account);
        }
        positions.reached(new Position(0, changes.size()));
    }

    private static String next(Listener listener) throws InterruptedException {
        return listener.next(PATIENCE).map(LiveMessage::text).orElseThrow();
    }

    private static List<Long> range(long first, long last) {
        return LongStream.rangeClosed(first, last).boxed().toList();
    }

    private Transcript follow(@Nullable Mark seen) {
        return follow(LiveScope.EVERYTHING, seen);
    }

    private Transcript follow(LiveScope scope, @Nullable Mark seen) {
        Transcript transcript = new Transcript();
        Thread.ofVirtual().start(() -> transcript.run(scope, seen));
        return transcript;
    }

    /** What one listener was written. */
    private final class Transcript implements LiveAnswer.Out {
        private final List<String> messages = new CopyOnWriteArrayList<>();
        private final CompletableFuture<Boolean> ended = new CompletableFuture<>();

        private void run(LiveScope scope, @Nullable Mark seen) {
            try {
                Listener listener = feed.attach(scope, seen);
                new LiveAnswer(feed, replay, HEARTBEAT, longest, this).follow(listener, seen);
                ended.complete(true);
            } catch (IOException | InterruptedException | RuntimeException e) {
                ended.completeExceptionally(e);
            }
        }

        @Override
        public void write(LiveMessage message) {
            messages.add(message.text());
        }

        @Override
        public void flush() {
            // Everything is there at once.
        }

        private String text() {
            return String.join("", messages);
        }

        private void await(String part) {
            Await.until(PATIENCE, part, this::text, now -> now.contains(part));
        }

        private void end() throws Exception {
            assertThat(ended.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        }

        /** The places of the changes, in the order they were written. */
        private List<Long> positions() {
            return text().lines()
                    .filter(line -> line.startsWith("data: ") && line.contains("\"position\":\"0:"))
                    .map(line -> line.replaceAll(".*\"position\":\"0:(\\d+)\".*", "$1"))
                    .map(Long::valueOf)
                    .toList();
        }
    }

    /** The table as a list: the event at place n of partition 0 is its nth. */
    private static final class ListedChanges implements Changes {
        private final List<AuditRow> rows = Collections.synchronizedList(new ArrayList<>());
        private final AtomicInteger reads = new AtomicInteger();
        private volatile long dropped;
        private volatile boolean away;

        private void add(TokenId token, AccountId owner) {
            rows.add(
                    new AuditRow(
                            new Position(0, rows.size() + 1L),
                            ScriptedLedger.BEGINNING,
                            token,
                            0,
                            "com.tokaify.ledger.token-created.v1",
                            owner,
                            "system:test",
                            "r-1",
                            "{}"));
        }

        private int size() {
            return rows.size();
        }

        private void drop(long upTo) {
            dropped = upTo;
        }

        @Override
        public List<AuditRow> between(
                Mark after, Mark upTo, @Nullable Collection<AccountId> accounts) {
            reads.incrementAndGet();
            if (away) {
                throw new DataAccessResourceFailureException("away");
            }
            return List.copyOf(rows).stream()
                    .filter(row -> row.position().pseq() > Math.max(dropped, after.pseq(0)))
                    .filter(row -> row.position().pseq() <= upTo.pseq(0))
                    .filter(row -> accounts == null || accounts.contains(row.accountId()))
                    .toList();
        }

        @Override
        public boolean areWhole(Mark after, Mark upTo) {
            return after.pseq(0) >= dropped;
        }
    }
}
