package com.tokaify.ledger.audit.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tokaify.ledger.audit.check.Replay;
import com.tokaify.ledger.audit.core.LoggedEvent;
import com.tokaify.ledger.audit.finding.Findings;
import com.tokaify.ledger.audit.fold.StateDigest;
import com.tokaify.ledger.audit.fold.Story;
import com.tokaify.ledger.audit.report.Progress;
import com.tokaify.ledger.audit.sample.Forged;
import com.tokaify.ledger.events.AccountEvent.BalanceCredited;
import com.tokaify.ledger.events.CatalogEvent.GroupDefined;
import com.tokaify.ledger.events.TokenEvent.TokenRenamed;
import com.tokaify.ledger.events.id.StreamId;
import com.tokaify.ledger.events.kafka.Partitioning;
import com.tokaify.ledger.testkit.LedgerDatabase;
import com.tokaify.ledger.testkit.LedgerInfrastructure;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One ledger from all places it can be read from: the same events, byte for byte. */
class SourcesIT {
    private static final int PARTITIONS = 4;
    private static final int LOT = 7;

    @TempDir private static Path folder;

    private static LedgerDatabase database;
    private static List<LoggedEvent> events;
    private static Path export;

    @BeforeAll
    static void ledger() throws Exception {
        Story story =
                Story.ofToken(1_000L)
                        .then(new GroupDefined("default", "Vorgabe – 預設"))
                        .then(new BalanceCredited(500, "invoice 1"));
        for (int i = 1; i <= 40; i++) {
            story.used("usage-" + i, i, i * (i + 1L) / 2);
        }
        story.then(new TokenRenamed("renamed \"twice\" – 兩次"));
        events = atHome(story.events());
        LedgerInfrastructure infrastructure = LedgerInfrastructure.get();
        database = infrastructure.newLedgerDatabase();
        LedgerOnDisk.prepare(database, PARTITIONS);
        LedgerOnDisk.store(database, events);
        infrastructure.recreateTopics(PARTITIONS);
        List<List<LoggedEvent>> lots = new ArrayList<>();
        for (int from = 0; from < events.size(); from += LOT) {
            lots.add(events.subList(from, Math.min(events.size(), from + LOT)));
        }
        LedgerOnDisk.relay(infrastructure.kafkaBootstrap(), lots);
        export = Files.writeString(folder.resolve("export.ndjson"), exported(events));
    }

    /** The events of a story where their streams belong. */
    private static List<LoggedEvent> atHome(List<LoggedEvent> story) {
        Partitioning partitioning = new Partitioning(PARTITIONS);
        Map<Integer, Long> heads = new HashMap<>();
        return story.stream()
                .map(event -> {
                    int partition = partitioning.partitionOf(StreamId.parse(event.stream()));
                    return Forged.at(event, partition, heads.merge(partition, 1L, Long::sum));
                })
                .toList();
    }

    /** As query-service exports them, in the order of time. */
    private static String exported(List<LoggedEvent> all) {
        StringBuilder lines = new StringBuilder();
        for (LoggedEvent event : all) {
            lines.append(
                    """
                    {"id":"%s","recordedAt":"%s","type":"%s","subject":"%s","accountId":null,"actor":"%s","correlationId":"%s",\
                    "position":"%d:%d","sequence":%d,"data":%s}
                    """
                            .formatted(
                                    event.id(),
                                    event.recordedAt(),
                                    event.type(),
                                    event.stream(),
                                    event.actor(),
                                    event.correlationId(),
                                    event.partition(),
                                    event.pseq(),
                                    event.sequence(),
                                    new String(event.payload(), StandardCharsets.UTF_8)));
        }
        return lines + "{\"complete\":true,\"events\":" + all.size() + "}\n";
    }

    private static StoreSource store() {
        return StoreSource.open(() -> LedgerOnDisk.auditor(database));
    }

    private static KafkaSource kafka() {
        return KafkaSource.open(LedgerInfrastructure.get().kafkaBootstrap());
    }

    private static List<String> read(EventSource source) {
        List<String> read = new ArrayList<>();
        for (int partition = 0; partition < source.partitions(); partition++) {
            source.read(partition, 0, event -> read.add(shown(event)));
        }
        return read;
    }

    private static List<String> expected() {
        List<String> expected = new ArrayList<>();
        for (int partition = 0; partition < PARTITIONS; partition++) {
            for (LoggedEvent event : events) {
                if (event.partition() == partition) {
                    expected.add(shown(event));
                }
            }
        }
        return expected;
    }

    /** All of it, with its payload as text: records compare arrays by who they are. */
    private static String shown(LoggedEvent event) {
        return String.join(
                " ",
                event.partition() + ":" + event.pseq(),
                event.id(),
                event.type(),
                event.recordedAt(),
                event.actor(),
                event.correlationId(),
                new String(event.payload(), StandardCharsets.UTF_8));
    }

    /** The store by COPY, Kafka over transactions and their markers, a file in another order. */
    @Test
    void everySourceGivesEveryEventAsItWasWritten() {
        try (StoreSource store = store();
                KafkaSource kafka = kafka();
                FileSource file = FileSource.open(export)) {
            assertThat(read(store)).isEqualTo(expected());
            assertThat(read(kafka)).isEqualTo(expected());
            assertThat(read(file)).isEqualTo(expected());
            for (int partition = 0; partition < PARTITIONS; partition++) {
                assertThat(kafka.end(partition)).isEqualTo(store.end(partition));
            }
        }
    }

    /** What they come to is one number. */
    @Test
    void everySourceComesToTheSameDigest() {
        assertThat(digest(store()))
                .isEqualTo(digest(kafka()))
                .isEqualTo(digest(FileSource.open(export)))
                .matches("[0-9a-f]{64}");
    }

    private static String digest(EventSource source) {
        Findings findings = new Findings();
        try (source) {
            Replay replay = Replay.of(source, findings, Progress.UNSEEN);
            assertThat(replay.events()).isEqualTo(events.size());
            assertThat(findings.first()).isEmpty();
            return StateDigest.of(replay.ledger());
        }
    }

    /** A stream, and what lies behind a position, without the rest. */
    @Test
    void everySourceGivesAStreamAndATail() {
        List<String> ofToken =
                events.stream()
                        .filter(event -> event.stream().equals(Story.TOKEN.toString()))
                        .map(LoggedEvent::id)
                        .toList();
        int partition =
                new Partitioning(PARTITIONS).partitionOf(StreamId.parse(Story.TOKEN.toString()));
        for (EventSource source : List.of(store(), kafka(), FileSource.open(export))) {
            try (source) {
                List<String> stream = new ArrayList<>();
                source.readStream(Story.TOKEN.toString(), event -> stream.add(event.id()));
                assertThat(stream).as(source.name()).isEqualTo(ofToken);
                List<Long> tail = new ArrayList<>();
                long end = source.end(partition);
                source.read(partition, end - 2, event -> tail.add(event.pseq()));
                assertThat(tail).as(source.name()).containsExactly(end - 1, end);
            }
        }
    }

    /**
     * All connections see the moment the first one saw: what comes later is not in it. The heads
     * still say how much there was.
     */
    @Test
    void theStoreIsSeenAtOneMoment() throws SQLException {
        try (StoreSource store = store()) {
            deleteEverything();
            assertThat(read(store)).isEqualTo(expected());
            try (StoreSource later = store()) {
                assertThat(read(later)).isEmpty();
                assertThat(AllPartitions.events(later)).isEqualTo(events.size());
            }
        } finally {
            LedgerOnDisk.store(database, events);
        }
    }

    private static void deleteEverything() throws SQLException {
        try (Connection connection = database.superuser();
                Statement statement = connection.createStatement()) {
            statement.execute("delete from ledger.event");
        }
    }

    /** A file that does not say it is whole may be anything. */
    @Test
    void aFileThatWasCutIsRefused() throws Exception {
        List<String> lines = Files.readAllLines(export);
        Path cut = Files.write(folder.resolve("cut.ndjson"), lines.subList(0, lines.size() - 1));
        assertThatThrownBy(() -> FileSource.open(cut))
                .isInstanceOf(SourceFailed.class)
                .hasMessageContaining("was cut");

        lines.removeFirst();
        Path less = Files.write(folder.resolve("less.ndjson"), lines);
        assertThatThrownBy(() -> FileSource.open(less)).hasMessageContaining("was cut");
    }
}
