package com.tokaify.ledger.command.store;

import static com.tokaify.ledger.command.LedgerInstance.PARTITIONING;
import static com.tokaify.ledger.command.LedgerInstance.PARTITIONS;
import static com.tokaify.ledger.command.Samples.ACCOUNT;
import static com.tokaify.ledger.command.Samples.CONTEXT;
import static com.tokaify.ledger.command.Samples.TOKEN;
import static org.assertj.core.api.Assertions.assertThat;

import com.tokaify.ledger.command.LedgerInstance;
import com.tokaify.ledger.command.Samples;
import com.tokaify.ledger.command.decision.CommandContext;
import com.tokaify.ledger.command.decision.OnceKey;
import com.tokaify.ledger.command.decision.RecordedFact;
import com.tokaify.ledger.command.settings.DatabaseSettings;
import com.tokaify.ledger.command.startup.StoreSetup;
import com.tokaify.ledger.events.AccountEvent.BalanceCredited;
import com.tokaify.ledger.events.Actor;
import com.tokaify.ledger.events.LedgerEvent;
import com.tokaify.ledger.events.Position;
import com.tokaify.ledger.events.RecordedEvent;
import com.tokaify.ledger.events.StoredEvent;
import com.tokaify.ledger.events.TokenEvent.ModelAccessChanged;
import com.tokaify.ledger.events.TokenEvent.QuotaConsumed;
import com.tokaify.ledger.events.TokenEvent.QuotaRefunded;
import com.tokaify.ledger.events.TokenEvent.SecretRotated;
import com.tokaify.ledger.events.TokenEvent.TokenCreated;
import com.tokaify.ledger.events.TokenEvent.TokenRenamed;
import com.tokaify.ledger.events.codec.EventCodec;
import com.tokaify.ledger.events.id.CatalogId;
import com.tokaify.ledger.events.id.StreamId;
import com.tokaify.ledger.events.secret.LookupHash;
import com.tokaify.ledger.testkit.LedgerDatabase;
import com.tokaify.ledger.testkit.LedgerInfrastructure;
import java.sql.Connection;
import java.sql.ResultSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What goes in by binary COPY comes out by SELECT, every column and every byte. */
class CopyBufferIT {
    private static final LedgerDatabase DATABASE = LedgerInfrastructure.get().newLedgerDatabase();

    private static Committer committer;
    private static EventTable table;

    @BeforeAll
    static void start() {
        DatabaseSettings settings = LedgerInstance.settings(DATABASE);
        committer =
                new Committer(
                        settings.writer(),
                        StoreSetup.prepare(settings.owner(), PARTITIONS),
                        () -> {});
        table = new EventTable(JdbcClient.create(settings.writer()));
    }

    @AfterAll
    static void stop() {
        committer.close();
    }

    /**
     * Times to the microsecond on both sides of PostgreSQL's epoch, names beyond the basic plane,
     * every kind of actor, rows that together are larger than the buffer, and every type of event.
     */
    @Test
    void everyColumnIsReadBackAsItWasWritten() throws Exception {
        Map<StreamId, List<NewEvent>> streams = new HashMap<>();
        for (LedgerEvent event : Samples.tokenEvents()) {
            add(streams, TOKEN, event, CONTEXT);
        }
        for (LedgerEvent event : Samples.accountEvents()) {
            add(streams, ACCOUNT, event, CONTEXT);
        }
        for (LedgerEvent event : Samples.catalogEvents()) {
            add(streams, CatalogId.CATALOG, event, CONTEXT);
        }
        StreamId unicode = Samples.tokenId(2);
        add(
                streams,
                unicode,
                new TokenRenamed("Łódź 🦊 \u200f日本"),
                at("1969-12-31T23:59:59.999999Z"));
        add(
                streams,
                unicode,
                new TokenRenamed("'; drop table \\N"),
                at("9999-01-01T00:00:00.000001Z"));
        add(streams, unicode, large(), at("2000-01-01T00:00:00Z"));
        add(streams, unicode, large(), at("2000-01-01T00:00:00Z"));
        for (Actor.Kind kind : Actor.Kind.values()) {
            CommandContext context =
                    new CommandContext(CONTEXT.at(), new Actor(kind, "a@b/c.d_e-1"), "r:" + kind);
            add(streams, unicode, new TokenRenamed("by " + kind), context);
        }
        List<NewEvent> all = streams.values().stream().flatMap(List::stream).toList();
        long[] pseqs = committer.append(all, List.of()).get();

        List<RecordedEvent> written = new ArrayList<>();
        List<RecordedEvent> read = new ArrayList<>();
        for (int i = 0; i < pseqs.length; i++) {
            written.add(recorded(all.get(i), pseqs[i]));
        }
        for (Map.Entry<StreamId, List<NewEvent>> each : streams.entrySet()) {
            List<StoredEvent> stored = table.stream(each.getKey(), 0);
            for (int i = 0; i < stored.size(); i++) {
                assertThat(stored.get(i).payload()).isEqualTo(each.getValue().get(i).payload());
                read.add(EventCodec.decode(stored.get(i)));
            }
        }
        assertThat(read).containsExactlyInAnyOrderElementsOf(written);
        assertThat(onceKeys()).isEqualTo(expectedOnceKeys(all));
    }

    /** A stream can be read from the middle on. */
    @Test
    void aStreamIsReadFromAnyPlace() throws Exception {
        StreamId token = Samples.tokenId(3);
        Map<StreamId, List<NewEvent>> streams = new HashMap<>();
        for (int i = 0; i < 5; i++) {
            add(streams, token, new TokenRenamed("name " + i), CONTEXT);
        }
        committer.append(List.copyOf(streams.get(token)), List.of()).get();
        assertThat(table.stream(token, 3))
                .extracting(StoredEvent::sequence)
                .containsExactly(3L, 4L);
        assertThat(table.stream(token, 5)).isEmpty();
        assertThat(table.stream(Samples.tokenId(4), 0)).isEmpty();
    }

    /** Once-only facts are found by their key, with their place and content, others are not. */
    @Test
    void onceOnlyFactsAreFoundByTheirKey() throws Exception {
        StreamId token = Samples.tokenId(5);
        QuotaConsumed usage = new QuotaConsumed("u9", 4, "gpt-4o", 4, false);
        NewEvent event = newEvent(token, 0, usage, CONTEXT);
        long pseq = committer.append(List.of(event), List.of()).get()[0];
        OnceKey key = OnceKey.ofUsage(Samples.tokenId(5), "u9");
        assertThat(table.recorded(List.of(key, OnceKey.ofUsage(Samples.tokenId(5), "u8"))))
                .isEqualTo(
                        Map.of(
                                key,
                                new Recorded(
                                        new Position(event.partition(), pseq),
                                        new RecordedFact(token, 0, usage))));
    }

    private static CommandContext at(String instant) {
        return new CommandContext(Instant.parse(instant), CONTEXT.actor(), "request-2");
    }

    /** As large as an event may be, to be sealed: two are more than the buffer begins with. */
    private static ModelAccessChanged large() {
        return new ModelAccessChanged(
                IntStream.range(0, 320).mapToObj(i -> i + "m".repeat(190)).toList());
    }

    private static void add(
            Map<StreamId, List<NewEvent>> streams,
            StreamId stream,
            LedgerEvent event,
            CommandContext context) {
        List<NewEvent> events = streams.computeIfAbsent(stream, _ -> new ArrayList<>());
        events.add(newEvent(stream, events.size(), event, context));
    }

    private static NewEvent newEvent(
            StreamId stream, long sequence, LedgerEvent event, CommandContext context) {
        return NewEvent.of(PARTITIONING.partitionOf(stream), stream, sequence, event, context);
    }

    private static RecordedEvent recorded(NewEvent event, long pseq) {
        return new RecordedEvent(
                new Position(event.partition(), pseq),
                event.stream(),
                event.sequence(),
                event.context().at(),
                event.context().actor(),
                event.context().requestId(),
                event.event());
    }

    private static Map<UUID, Long> onceKeys() throws Exception {
        Map<UUID, Long> keys = new HashMap<>();
        try (Connection connection = DATABASE.superuser();
                ResultSet row =
                        connection
                                .createStatement()
                                .executeQuery(
                                        "select once_key, sequence from ledger.event"
                                                + " where once_key is not null"
                                                + " and correlation_id = 'request-1'")) {
            while (row.next()) {
                keys.put(row.getObject(1, UUID.class), row.getLong(2));
            }
        }
        return keys;
    }

    private static Map<UUID, Long> expectedOnceKeys(List<NewEvent> events) {
        Map<UUID, Long> keys = new HashMap<>();
        for (NewEvent event : events) {
            switch (event.event()) {
                case QuotaConsumed usage -> keys.put(usage(usage.usageId()), event.sequence());
                case QuotaRefunded refund -> keys.put(refund(refund.usageId()), event.sequence());
                case TokenCreated created ->
                        keys.put(secret(created.lookupHash()), event.sequence());
                case SecretRotated rotated ->
                        keys.put(secret(rotated.lookupHash()), event.sequence());
                case BalanceCredited credit ->
                        keys.put(credit(credit.reference()), event.sequence());
                case LedgerEvent _ -> {}
            }
        }
        assertThat(keys).hasSize(5);
        return keys;
    }

    private static UUID usage(String usageId) {
        return OnceKey.ofUsage(TOKEN, usageId).value();
    }

    private static UUID refund(String usageId) {
        return OnceKey.ofRefund(TOKEN, usageId).value();
    }

    private static UUID secret(LookupHash hash) {
        return OnceKey.ofSecret(hash).value();
    }

    private static UUID credit(String reference) {
        return OnceKey.ofCredit(ACCOUNT, reference).value();
    }
}
