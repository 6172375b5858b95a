package com.tokaify.ledger.command.store;

import static com.tokaify.ledger.command.LedgerInstance.PARTITIONING;
import static com.tokaify.ledger.command.LedgerInstance.PARTITIONS;
import static com.tokaify.ledger.command.Samples.CONTEXT;
import static com.tokaify.ledger.command.Samples.created;
import static com.tokaify.ledger.command.Samples.hash;
import static com.tokaify.ledger.command.Samples.limit;
import static com.tokaify.ledger.command.Samples.tokenId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tokaify.ledger.command.EventOrder;
import com.tokaify.ledger.command.LedgerInstance;
import com.tokaify.ledger.command.startup.StoreSetup;
import com.tokaify.ledger.events.LedgerEvent;
import com.tokaify.ledger.events.Position;
import com.tokaify.ledger.events.StoredEvent;
import com.tokaify.ledger.events.TokenEvent.QuotaConsumed;
import com.tokaify.ledger.events.TokenEvent.TokenRenamed;
import com.tokaify.ledger.events.id.TokenId;
import com.tokaify.ledger.testkit.LedgerDatabase;
import com.tokaify.ledger.testkit.LedgerInfrastructure;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The append on real PostgreSQL, by two instances at once: dense, in commit order, fenced. */
class CommitterIT {
    private static final int WRITERS = 8;
    private static final int APPENDS = 120;

    private final LedgerDatabase database = LedgerInfrastructure.get().newLedgerDatabase();
    private Committer one;
    private Committer other;

    @BeforeEach
    void start() {
        one = committer();
        other = committer();
    }

    private Committer committer() {
        var settings = LedgerInstance.settings(database);
        long[] heads = StoreSetup.prepare(settings.owner(), PARTITIONS);
        return new Committer(settings.writer(), heads, () -> {});
    }

    @AfterEach
    void stop() {
        one.close();
        other.close();
    }

    /**
     * Whatever fails in between, positions are 1, 2, 3 … in each partition and sequences 0, 1, 2 …
     * in each stream, a writer is told the positions its events really have, what failed is not
     * there, and at no moment can a reader see a position before all those in front of it.
     */
    @Test
    void positionsStayDenseUnderTwoInstancesAndRollbacks() throws Exception {
        Map<String, Position> told = new ConcurrentHashMap<>();
        AtomicBoolean writing = new AtomicBoolean(true);
        long failures = 0;
        long observations;
        try (ExecutorService threads = Executors.newFixedThreadPool(WRITERS + 1)) {
            Future<Long> observer = threads.submit(() -> observeUntil(writing));
            List<Future<Integer>> writers = new ArrayList<>();
            for (int i = 0; i < WRITERS; i++) {
                int number = i;
                writers.add(threads.submit(() -> write(number, told)));
            }
            try {
                for (Future<Integer> writer : writers) {
                    failures += writer.get();
                }
            } finally {
                writing.set(false);
            }
            observations = observer.get();
        }
        List<StoredEvent> stored = LedgerInstance.stored(database);
        assertThat(new EventOrder(PARTITIONING).problems(stored)).isEmpty();
        assertThat(stored)
                .hasSize(told.size())
                .allSatisfy(event -> assertThat(event.position()).isEqualTo(told.get(event.id())));
        assertThat(failures).as("failures injected").isGreaterThan(WRITERS * APPENDS / 10);
        assertThat(observations).as("looks while writing").isGreaterThan(10);
    }

    /** Appends to streams of its own, by either instance; some appends are made to fail. */
    private int write(int number, Map<String, Position> told) throws InterruptedException {
        Random random = new Random(number);
        long[] next = new long[6];
        int failures = 0;
        for (int append = 0; append < APPENDS; append++) {
            long[] after = next.clone();
            List<NewEvent> events = new ArrayList<>();
            for (int i = 1 + random.nextInt(5); i > 0; i--) {
                int stream = random.nextInt(next.length);
                events.add(renamed(tokenId(1_000L * number + stream), after[stream]++));
            }
            List<SideWrite> sideWrites = new ArrayList<>();
            boolean doomed = random.nextInt(4) == 0;
            if (doomed) {
                sabotage(random.nextInt(4), events, sideWrites);
            }
            Committer committer = random.nextBoolean() ? one : other;
            try {
                long[] pseqs = committer.append(events, sideWrites).get();
                assertThat(doomed).as("an append that had to fail").isFalse();
                for (int i = 0; i < pseqs.length; i++) {
                    NewEvent event = events.get(i);
                    told.put(
                            event.stream() + ":" + event.sequence(),
                            new Position(event.partition(), pseqs[i]));
                }
                next = after;
            } catch (ExecutionException e) {
                assertThat(doomed).as("failed: " + e.getCause()).isTrue();
                failures++;
            }
        }
        return failures;
    }

    private static void sabotage(int how, List<NewEvent> events, List<SideWrite> sideWrites) {
        switch (how) {
            case 0 -> events.add(events.getFirst()); // the same place of a stream twice
            case 1 ->
                    sideWrites.add(connection -> {
                        try (Statement statement = connection.createStatement()) {
                            statement.execute("select 1 / 0");
                        }
                    });
            case 2 ->
                    sideWrites.add(_ -> {
                        throw new IllegalStateException("a side write that fails");
                    });
            default -> {
                NewEvent first = events.getFirst();
                events.add(
                        NewEvent.of(
                                PARTITIONS, // there is no such partition
                                first.stream(),
                                first.sequence() + 1_000,
                                first.event(),
                                CONTEXT));
            }
        }
    }

    /** Looks again and again: in every snapshot each partition holds exactly 1 to its head. */
    private long observeUntil(AtomicBoolean writing) throws SQLException {
        long looks = 0;
        try (Connection connection = database.superuser();
                Statement statement = connection.createStatement()) {
            while (writing.get()) {
                try (ResultSet row =
                        statement.executeQuery(
                                """
                                select h.partition, h.pseq, count(e.pseq), coalesce(max(e.pseq), 0)
                                from ledger.partition_head h
                                left join ledger.event e on e.partition = h.partition
                                group by h.partition, h.pseq
                                """)) {
                    while (row.next()) {
                        String at = "partition " + row.getInt(1);
                        assertThat(row.getLong(3)).as(at + " rows").isEqualTo(row.getLong(2));
                        assertThat(row.getLong(4)).as(at + " last").isEqualTo(row.getLong(2));
                    }
                }
                looks++;
            }
        }
        return looks;
    }

    /** Two instances that write the same place of a stream: one is first, the other is told so. */
    @Test
    void ofTwoWritersOfOnePlaceOneWins() throws Exception {
        for (int round = 0; round < 40; round++) {
            TokenId token = tokenId(round);
            List<NewEvent> events = List.of(renamed(token, 0));
            assertOneConflict(
                    () -> one.append(events, List.of()), () -> other.append(events, List.of()));
        }
        assertThat(new EventOrder(PARTITIONING).problems(LedgerInstance.stored(database)))
                .isEmpty();
    }

    /** The same usage at two places of its stream: the once key lets one of them in. */
    @Test
    void ofTwoWritersOfOneUsageOneWins() throws Exception {
        for (int round = 0; round < 40; round++) {
            TokenId token = tokenId(round);
            LedgerEvent usage = new QuotaConsumed("u1", 5, null, 5, false);
            NewEvent here = newEvent(token, 0, usage);
            NewEvent there = newEvent(token, 1, usage);
            assertOneConflict(
                    () -> one.append(List.of(here), List.of()),
                    () -> other.append(List.of(there), List.of()));
        }
        assertThat(LedgerInstance.stored(database)).hasSize(40);
    }

    private static void assertOneConflict(
            Callable<CompletableFuture<long[]>> first, Callable<CompletableFuture<long[]>> second)
            throws Exception {
        List<CompletableFuture<long[]>> both = List.of(first.call(), second.call());
        int conflicts = 0;
        for (CompletableFuture<long[]> each : both) {
            try {
                each.get(30, TimeUnit.SECONDS);
            } catch (ExecutionException e) {
                assertThat(e).hasCauseInstanceOf(AppendFailed.Conflict.class);
                conflicts++;
            }
        }
        assertThat(conflicts).isEqualTo(1);
    }

    /** Side writes stand and fall with the events beside them. */
    @Test
    void sideWritesShareTheFateOfTheEvents() throws Exception {
        SideWrite offset =
                connection -> {
                    try (Statement statement = connection.createStatement()) {
                        statement.execute(
                                "update ledger.usage_offset set next_offset = next_offset + 7"
                                        + " where partition = 3");
                    }
                };
        one.append(List.of(renamed(tokenId(1), 0)), List.of(offset)).get();
        assertThat(offset()).isEqualTo(7);
        assertThatThrownBy(() -> one.append(List.of(renamed(tokenId(1), 0)), List.of(offset)).get())
                .hasCauseInstanceOf(AppendFailed.Conflict.class);
        assertThat(offset()).isEqualTo(7);
        assertThat(one.append(List.of(), List.of(offset)).get()).isEmpty();
        assertThat(offset()).isEqualTo(14);
    }

    /** What was handed over before the end is written, and answered. */
    @Test
    void closingWritesWhatIsPending() throws Exception {
        List<CompletableFuture<long[]>> pending = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            pending.add(
                    one.append(
                            List.of(newEvent(tokenId(i), 0, created(limit(1L), hash(tokenId(i))))),
                            List.of()));
        }
        one.close();
        assertThat(pending).allMatch(CompletableFuture::isDone);
        assertThat(LedgerInstance.stored(database)).hasSize(200);
        for (CompletableFuture<long[]> each : pending) {
            assertThat(each.get()).hasSize(1);
        }
        one = committer();
    }

    private long offset() throws SQLException {
        try (Connection connection = database.superuser();
                ResultSet row =
                        connection
                                .createStatement()
                                .executeQuery(
                                        "select next_offset from ledger.usage_offset"
                                                + " where partition = 3")) {
            row.next();
            return row.getLong(1);
        }
    }

    private static NewEvent renamed(TokenId token, long sequence) {
        return newEvent(token, sequence, new TokenRenamed("name " + sequence));
    }

    private static NewEvent newEvent(TokenId token, long sequence, LedgerEvent event) {
        return NewEvent.of(PARTITIONING.partitionOf(token), token, sequence, event, CONTEXT);
    }
}
