package com.tokaify.ledger.command.relay;

import static com.tokaify.ledger.command.LedgerInstance.PARTITIONING;
import static com.tokaify.ledger.command.LedgerInstance.PARTITIONS;
import static com.tokaify.ledger.command.Samples.CONTEXT;
import static com.tokaify.ledger.command.Samples.tokenId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tokaify.ledger.command.EventOrder;
import com.tokaify.ledger.command.EventTopic;
import com.tokaify.ledger.command.LedgerInstance;
import com.tokaify.ledger.command.bus.LedgerGate;
import com.tokaify.ledger.command.settings.KafkaSettings;
import com.tokaify.ledger.command.startup.StoreSetup;
import com.tokaify.ledger.command.store.AppendFailed;
import com.tokaify.ledger.command.store.Committer;
import com.tokaify.ledger.command.store.NewEvent;
import com.tokaify.ledger.events.Position;
import com.tokaify.ledger.events.StoredEvent;
import com.tokaify.ledger.events.TokenEvent.TokenRenamed;
import com.tokaify.ledger.events.id.TokenId;
import com.tokaify.ledger.events.kafka.EventRecords;
import com.tokaify.ledger.events.kafka.PartitionCursor;
import com.tokaify.ledger.events.kafka.TraceParent;
import com.tokaify.ledger.service.trace.Tracing;
import com.tokaify.ledger.testkit.Await;
import com.tokaify.ledger.testkit.LedgerDatabase;
import com.tokaify.ledger.testkit.LedgerInfrastructure;
import com.tokaify.ledger.testkit.RecordedSpans;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From the store to the topic: each event once and in order, whatever is killed in between. */
class RelayIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int TOKENS = 40;

    private final LedgerInfrastructure infrastructure = LedgerInfrastructure.get();
    private final LedgerDatabase database = infrastructure.newLedgerDatabase();
    private final KafkaSettings kafka =
            new KafkaSettings(infrastructure.kafkaBootstrap(), (short) 1, database.name());
    private final LedgerGate gate = new LedgerGate();
    private final RelayProgress progress = new RelayProgress(System::nanoTime);
    private final RecordedSpans spans = new RecordedSpans();
    private final Tracing tracing =
            Tracing.to(SimpleSpanProcessor.create(spans), 0, Resource.empty());
    private final List<Relay> relays = new ArrayList<>();
    private final Map<TokenId, Long> sequences = new HashMap<>();
    private Committer committer;

    @BeforeEach
    void start() {
        infrastructure.recreateTopics(PARTITIONS);
        var settings = LedgerInstance.settings(database);
        long[] heads = StoreSetup.prepare(settings.owner(), PARTITIONS);
        committer = new Committer(settings.writer(), heads, () -> relays.forEach(Relay::wake));
        gate.open();
    }

    @AfterEach
    void stop() {
        relays.forEach(Relay::close);
        committer.close();
    }

    private Relay startRelay() {
        Relay relay =
                new Relay(
                        LedgerInstance.settings(database).relay(),
                        kafka,
                        PARTITIONS,
                        gate,
                        progress,
                        tracing);
        relay.start();
        return relay;
    }

    /** Stores so many events of many tokens; one whose fate is unknown is stored again. */
    private void store(int events) throws Exception {
        for (int done = 0; done < events; done += TOKENS) {
            List<NewEvent> batch = new ArrayList<>();
            for (int i = 0; i < TOKENS; i++) {
                TokenId token = tokenId(i);
                batch.add(
                        NewEvent.of(
                                PARTITIONING.partitionOf(token),
                                token,
                                sequences.merge(token, 1L, Long::sum) - 1,
                                new TokenRenamed("name " + done),
                                CONTEXT));
            }
            Await.until(LIMIT, "a stored batch", () -> isStored(batch));
        }
    }

    private boolean isStored(List<NewEvent> batch) throws InterruptedException {
        try {
            return committer.append(batch, List.of()).get().length == batch.size();
        } catch (ExecutionException e) {
            return e.getCause() instanceof AppendFailed.Conflict; // the attempt before was stored
        }
    }

    /** Everything in the store is on the topic exactly once, in order, byte for byte. */
    private void assertRelayedExactly() throws SQLException {
        List<StoredEvent> stored = LedgerInstance.stored(database);
        try (EventTopic topic = new EventTopic()) {
            topic.awaitEvents(LIMIT, stored.size());
            assertSame(topic.readToEnd(), stored);
        }
    }

    private static void assertSame(List<StoredEvent> relayed, List<StoredEvent> stored) {
        assertThat(new EventOrder(PARTITIONING).problems(relayed)).isEmpty();
        assertThat(texts(relayed)).isEqualTo(texts(stored));
    }

    /** Everything about each event, where the two sides can be compared at once. */
    private static Map<Position, String> texts(List<StoredEvent> events) {
        Map<Position, String> texts = new HashMap<>();
        for (StoredEvent event : events) {
            texts.put(
                    event.position(),
                    String.join(
                            " ",
                            event.id(),
                            event.type().ceType(),
                            event.recordedAt().toString(),
                            event.actor().toString(),
                            event.correlationId(),
                            new String(event.payload(), StandardCharsets.UTF_8)));
        }
        return texts;
    }

    /** A relay goes on where the one before has stopped. */
    @Test
    void everyEventIsRelayedOnceAndInOrder() throws Exception {
        store(2_000);
        Relay first = startRelay();
        assertRelayedExactly();
        first.close();
        store(400);
        Relay second = startRelay();
        relays.add(second);
        store(400);
        assertRelayedExactly();
        assertThat(gate.state()).isEqualTo(new LedgerGate.State.Open());
        assertKnowsWhetherItIsBehind(second);
    }

    /**
     * A traced event is told with its trace, and by a span that ends when readers may have it; all
     * others go as they always did. What a relay finds that begins later is traced like the rest.
     */
    @Test
    void aTracedEventIsToldWithItsTrace() throws Exception {
        Map<Position, TraceParent> traced = new HashMap<>(storeTraced(1));
        Relay first = startRelay();
        relays.add(first);
        traced.putAll(storeTraced(2));
        store(400);
        traced.putAll(storeTraced(3));

        try (EventTopic topic = new EventTopic()) {
            topic.awaitEvents(LIMIT, LedgerInstance.stored(database).size());
            assertThat(topic.traces()).isEqualTo(traced);
        }
        first.close();
        Map<String, TraceParent> byId = new HashMap<>();
        LedgerInstance.stored(database)
                .forEach(event -> {
                    TraceParent trace = traced.get(event.position());
                    if (trace != null) {
                        byId.put(event.id(), trace);
                    }
                });
        assertThat(spans.all()).hasSameSizeAs(traced.keySet());
        for (SpanData span : spans.all()) {
            assertThat(span.getName()).isEqualTo("relay ledger.events");
            assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
            String id = span.getAttributes().get(AttributeKey.stringKey("messaging.message.id"));
            assertThat(new TraceParent(span.getTraceId(), span.getParentSpanId()))
                    .isEqualTo(byId.get(id));
        }
    }

    /** A few traced events among others, and where they stand. */
    private Map<Position, TraceParent> storeTraced(int number) throws Exception {
        List<NewEvent> batch = new ArrayList<>();
        for (int i = 0; i < TOKENS; i++) {
            TokenId token = tokenId(1_000L * number + i);
            NewEvent event =
                    NewEvent.of(
                            PARTITIONING.partitionOf(token),
                            token,
                            0,
                            new TokenRenamed("traced"),
                            CONTEXT);
            batch.add(
                    i % 4 == 0
                            ? event.in(
                                    new TraceParent(
                                            "%032x".formatted(number), "%016x".formatted(i + 1)))
                            : event);
        }
        long[] pseqs = committer.append(batch, List.of()).get();
        Map<Position, TraceParent> traced = new HashMap<>();
        for (int i = 0; i < pseqs.length; i++) {
            TraceParent trace = batch.get(i).trace();
            if (trace != null) {
                traced.put(new Position(batch.get(i).partition(), pseqs[i]), trace);
            }
        }
        return traced;
    }

    /** It is behind by no more than its pauses, and by more and more once it has ended. */
    private void assertKnowsWhetherItIsBehind(Relay relay) {
        Duration pauses = Duration.ofMillis(500);
        Await.until(LIMIT, "not behind", () -> progress.age().compareTo(pauses) < 0);
        relay.close();
        Await.until(LIMIT, "behind", () -> progress.age().compareTo(pauses) > 0);
    }

    /** Of two relays one works; the other takes over when it ends. */
    @Test
    void aSecondRelayWaitsForItsTurn() throws Exception {
        Relay first = startRelay();
        Await.until(LIMIT, "the first relay leads", () -> sessionsThatRelay() == 1);
        relays.add(startRelay());
        store(200);
        assertRelayedExactly();
        first.close();
        store(200);
        assertRelayedExactly();
    }

    /** Fencing alone keeps two relays that do not know of each other from doubling or losing. */
    @Test
    void twoRelaysAtATimeAreFenced() throws Exception {
        takeTheLockAway();
        relays.add(startRelay());
        relays.add(startRelay());
        AtomicBoolean both = new AtomicBoolean();
        for (int i = 0; i < 50; i++) {
            store(TOKENS);
            both.compareAndSet(false, sessionsThatRelay() == 2);
        }
        Await.until(
                LIMIT,
                "both relays at work at a time",
                () -> {
                    both.compareAndSet(false, sessionsThatRelay() == 2);
                    return both.get();
                });
        store(TOKENS);
        assertRelayedExactly();
        assertThat(gate.state()).isEqualTo(new LedgerGate.State.Open());
    }

    /** A function of the same name, found first, lets everybody have the advisory lock. */
    private void takeTheLockAway() throws SQLException {
        superuser("create schema played");
        superuser("grant usage on schema played to ledger_relay");
        superuser(
                "create function played.pg_try_advisory_lock(int, int) returns bool"
                        + " language sql as 'select true'");
        superuser(
                "alter role ledger_relay in database "
                        + database.name()
                        + " set search_path = played, pg_catalog");
    }

    private int sessionsThatRelay() throws SQLException {
        return count(
                "select count(*) from pg_stat_activity where usename = 'ledger_relay' and datname ="
                        + " '"
                        + database.name()
                        + "'");
    }

    /**
     * A relay that was killed within a transaction leaves records that nobody may see, and should
     * it come back to life it can no longer finish.
     */
    @Test
    void aRelayKilledInATransactionIsFenced() throws Exception {
        store(400);
        List<StoredEvent> stored = LedgerInstance.stored(database);
        try (Producer<byte[], byte[]> killed = producer("relay-" + database.name())) {
            killed.initTransactions();
            killed.beginTransaction();
            for (StoredEvent event : stored.subList(0, 100)) {
                var _ = killed.send(EventRecords.write(event));
            }
            killed.flush();

            relays.add(startRelay());

            assertRelayedExactly();
            assertThatThrownBy(killed::commitTransaction)
                    .isInstanceOf(ProducerFencedException.class);
        }
        store(80);
        assertRelayedExactly();
    }

    /**
     * What may still be committed is neither passed over nor relayed beside it: fencing ends what
     * an older relay had open, and this is what holds should it not.
     */
    @Test
    void nothingIsRelayedBesideATransactionThatHasNotEnded() throws Exception {
        store(400);
        StoredEvent first = LedgerInstance.stored(database).getFirst();
        try (Producer<byte[], byte[]> foreign = producer("not-the-relay")) {
            foreign.initTransactions();
            foreign.beginTransaction();
            var _ = foreign.send(EventRecords.write(first));
            foreign.flush();
            assertThatThrownBy(() -> RelayedTail.settled(kafka.client(), PARTITIONS))
                    .hasMessageContaining("that has not ended");
            assertThat(RelayedTail.read(kafka.client(), PARTITIONS).last()).isEmpty();

            foreign.commitTransaction();
            Await.until(
                    LIMIT,
                    "the partition has been told of the commit",
                    () -> RelayedTail.read(kafka.client(), PARTITIONS).last(),
                    last -> !last.isEmpty());

            assertThat(RelayedTail.settled(kafka.client(), PARTITIONS).last())
                    .containsOnlyKeys(first.position().partition());
        }
        relays.add(startRelay());
        assertRelayedExactly();
    }

    /** Sessions cut, PostgreSQL killed and the broker killed, while events are stored. */
    @Test
    void killsInTheMiddleLoseAndDoubleNothing() throws Exception {
        relays.add(startRelay());
        AtomicInteger rounds = new AtomicInteger();
        AtomicBoolean storing = new AtomicBoolean(true);
        CompletableFuture<Void> load =
                CompletableFuture.runAsync(() -> {
                    while (storing.get()) {
                        try {
                            store(TOKENS);
                        } catch (Exception e) {
                            throw new IllegalStateException(e);
                        }
                        rounds.incrementAndGet();
                    }
                });
        try {
            for (int i = 0; i < 3; i++) {
                int before = rounds.get();
                Await.until(LIMIT, "progress", () -> rounds.get() > before + 20);
                superuser(
                        "select pg_terminate_backend(pid) from pg_stat_activity"
                                + " where usename = 'ledger_relay'");
            }
            infrastructure.killAndRestartKafka();
            int afterKafka = rounds.get();
            Await.until(LIMIT, "progress", () -> rounds.get() > afterKafka + 20);
            infrastructure.killAndRestartPostgres();
            int afterPostgres = rounds.get();
            Await.until(LIMIT, "progress", () -> rounds.get() > afterPostgres + 20);
        } finally {
            storing.set(false);
        }
        load.join();
        assertRelayedExactly();
        assertThat(gate.state()).isEqualTo(new LedgerGate.State.Open());
    }

    /** A store that lost what Kafka has, as after restoring a back-up, is never written on from. */
    @Test
    void aLostTailHaltsTheLedger() throws Exception {
        store(400);
        Relay relay = startRelay();
        assertRelayedExactly();
        relay.close();
        StoredEvent last = LedgerInstance.stored(database).getLast();
        int partition = last.position().partition();
        long pseq = last.position().pseq();
        superuser(
                "delete from ledger.event where partition = " + partition + " and pseq = " + pseq);
        superuser(
                "update ledger.partition_head set pseq = pseq - 1 where partition = " + partition);

        assertHalted(
                "Kafka has "
                        + last.id()
                        + " at "
                        + last.position()
                        + ", the event store has nothing there: the store has lost a tail or was"
                        + " restored from a back-up");

        // The tail was lost, and the instance that did not know has gone on.
        superuser(
                "update ledger.partition_head set pseq = pseq + 1 where partition = " + partition);
        superuser(
                """
                insert into ledger.event
                select %d, recorded_at, 0, gen_random_uuid(), null, partition, type, actor,
                    correlation_id, payload
                from ledger.event where partition = %d and pseq = %d
                """
                        .formatted(pseq, partition, pseq - 1));
        assertThatThrownBy(this::check)
                .isInstanceOf(LedgerContradiction.class)
                .hasMessageContaining("Kafka has " + last.id() + " at " + last.position())
                .hasMessageContaining("the event store has tok_");
    }

    /** A missing row halts, and nothing behind it is relayed. */
    @Test
    void aHoleHaltsTheLedger() throws Exception {
        store(400);
        StoredEvent missing = LedgerInstance.stored(database).get(30);
        superuser(
                "delete from ledger.event where partition = "
                        + missing.position().partition()
                        + " and pseq = "
                        + missing.position().pseq());
        assertHalted("the event store has a hole: " + missing.position() + " is missing");
        try (EventTopic topic = new EventTopic()) {
            assertThat(topic.readToEnd())
                    .noneMatch(event ->
                            event.position().partition() == missing.position().partition()
                                    && event.position().pseq() > missing.position().pseq());
        }
    }

    /** A head without its last rows halts too. */
    @Test
    void aHeadWithoutItsRowHaltsTheLedger() throws Exception {
        store(TOKENS);
        StoredEvent last = LedgerInstance.stored(database).getLast();
        superuser("delete from ledger.event where partition = " + last.position().partition());
        assertHalted(
                "the event store has a hole: " + last.position().partition() + ":1 is missing");
    }

    private void assertHalted(String reason) {
        Relay relay = startRelay();
        try {
            Await.until(
                    LIMIT,
                    "halted",
                    gate::state,
                    state -> state.equals(new LedgerGate.State.Halted(reason)));
        } finally {
            relay.close();
        }
    }

    private void check() throws SQLException {
        Relay.check(LedgerInstance.settings(database).relay(), kafka, PARTITIONS);
    }

    /** The negative control: on a topic with a repetition or a gap, the check above fails. */
    @Test
    void theCheckOfTheseTestsFailsOnARepetitionAndOnAGap() throws Exception {
        store(400);
        List<StoredEvent> stored = LedgerInstance.stored(database);
        List<StoredEvent> faulty = new ArrayList<>(stored);
        StoredEvent repeated = stored.get(10);
        faulty.add(11, repeated);
        StoredEvent lost = faulty.remove(100);
        try (Producer<byte[], byte[]> producer = producer("a-careless-relay");
                EventTopic topic = new EventTopic()) {
            producer.initTransactions();
            producer.beginTransaction();
            for (StoredEvent event : faulty) {
                var _ = producer.send(EventRecords.write(event));
            }
            producer.commitTransaction();
            topic.awaitEvents(LIMIT, faulty.size());
            List<StoredEvent> relayed = topic.readToEnd();
            assertThatThrownBy(() -> assertSame(relayed, stored))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining(repeated.position() + " " + repeated.id())
                    .hasMessageContaining(
                            lost.position().partition() + ":" + (lost.position().pseq() + 1));
            assertThat(cursorFindsTheGap(relayed)).isTrue();
        }
    }

    /** What every consumer of the contract does finds the gap as well. */
    private static boolean cursorFindsTheGap(List<StoredEvent> relayed) {
        PartitionCursor cursor = new PartitionCursor(PARTITIONS);
        try {
            relayed.forEach(
                    event -> cursor.advance(event.position().partition(), event.position().pseq()));
            return false;
        } catch (PartitionCursor.Gap e) {
            return true;
        }
    }

    /**
     * Behind the last event may lie far more aborted records and markers than a first look sees.
     */
    @Test
    void theTailIsFoundBehindAbortedTransactions() throws Exception {
        store(TOKENS);
        List<StoredEvent> stored = LedgerInstance.stored(database);
        StoredEvent last = stored.getLast();
        int partition = last.position().partition();
        assertThat(RelayedTail.read(kafka.client(), PARTITIONS).last()).isEmpty();
        try (Producer<byte[], byte[]> producer = producer("relay-" + database.name())) {
            producer.initTransactions();
            abort(producer, stored.getFirst(), 3);
            assertThat(RelayedTail.read(kafka.client(), PARTITIONS).last()).isEmpty();
            producer.beginTransaction();
            var _ = producer.send(EventRecords.write(last));
            producer.commitTransaction();
            for (int i = 0; i < 25; i++) {
                abort(producer, last, 15); // 400 offsets: more than two windows of 16 and 256
            }
            RelayedTail tail = RelayedTail.read(kafka.client(), PARTITIONS);
            assertThat(tail.last()).containsOnlyKeys(partition);
            assertThat(tail.pseq(partition)).isEqualTo(last.position().pseq());
            assertThat(tail.pseq((partition + 1) % PARTITIONS)).isZero();
        }
    }

    private static void abort(Producer<byte[], byte[]> producer, StoredEvent event, int records) {
        producer.beginTransaction();
        for (int i = 0; i < records; i++) {
            var _ = producer.send(EventRecords.write(event));
        }
        producer.flush();
        producer.abortTransaction();
    }

    private Producer<byte[], byte[]> producer(String transactionalId) {
        Map<String, Object> config = new HashMap<>(kafka.client());
        config.put("transactional.id", transactionalId);
        config.put("acks", "all");
        return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private int count(String sql) throws SQLException {
        try (Connection connection = database.superuser();
                ResultSet row = connection.createStatement().executeQuery(sql)) {
            row.next();
            return row.getInt(1);
        }
    }

    private void superuser(String sql) throws SQLException {
        try (Connection connection = database.superuser();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
