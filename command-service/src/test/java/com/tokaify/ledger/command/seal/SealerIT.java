package com.tokaify.ledger.command.seal;

import static com.tokaify.ledger.command.Samples.ACCOUNT;
import static com.tokaify.ledger.command.Samples.CONTEXT;
import static com.tokaify.ledger.command.Samples.MASK;
import static com.tokaify.ledger.command.Samples.NOW;
import static com.tokaify.ledger.command.Samples.hash;
import static com.tokaify.ledger.command.Samples.tokenId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tokaify.ledger.command.LedgerInstance;
import com.tokaify.ledger.command.settings.KafkaSettings;
import com.tokaify.ledger.command.settings.SealSettings;
import com.tokaify.ledger.command.token.TokenCommand.CreateToken;
import com.tokaify.ledger.command.token.TokenCommand.DisableToken;
import com.tokaify.ledger.command.token.TokenCommand.EnableToken;
import com.tokaify.ledger.events.Restrictions;
import com.tokaify.ledger.events.id.TokenId;
import com.tokaify.ledger.events.kafka.Topics;
import com.tokaify.ledger.events.seal.Seal;
import com.tokaify.ledger.events.seal.SealRecords;
import com.tokaify.ledger.events.seal.SealRun;
import com.tokaify.ledger.seals.Checkpoint;
import com.tokaify.ledger.seals.Hash;
import com.tokaify.ledger.seals.RightEdge;
import com.tokaify.ledger.seals.SignedNote;
import com.tokaify.ledger.seals.SignerKey;
import com.tokaify.ledger.seals.VerifierKey;
import com.tokaify.ledger.testkit.Await;
import com.tokaify.ledger.testkit.LedgerDatabase;
import com.tokaify.ledger.testkit.LedgerInfrastructure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** Sealing on real PostgreSQL and Kafka. */
class SealerIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String ORIGIN = "log.example";

    @TempDir private Path keys;

    private final LedgerDatabase database = LedgerInfrastructure.get().newLedgerDatabase();
    private final SealProgress progress = new SealProgress(System::nanoTime);
    private long tokens;

    @BeforeEach
    void topics() {
        LedgerInfrastructure.get().recreateTopics(LedgerInstance.PARTITIONS);
    }

    private DataSource sealer() {
        return LedgerInstance.settings(database).sealer();
    }

    private Seals start(int streams) {
        SealSettings settings =
                new SealSettings(
                        ORIGIN,
                        keys.resolve("seal-key"),
                        keys.resolve("verifier-key"),
                        Duration.ofMillis(20),
                        streams);
        KafkaSettings kafka =
                new KafkaSettings(
                        LedgerInfrastructure.get().kafkaBootstrap(), (short) 1, database.name());
        Seals seals =
                Seals.of(
                        sealer(),
                        kafka,
                        LedgerInstance.PARTITIONS,
                        settings,
                        progress,
                        Clock.systemUTC());
        seals.start();
        return seals;
    }

    /** A token that is created, disabled and enabled: three events of one stream. */
    private void live(LedgerInstance ledger) throws Exception {
        TokenId token = tokenId(++tokens);
        ledger.send(
                new CreateToken(
                        token,
                        ACCOUNT,
                        "ci",
                        "default",
                        Restrictions.NONE,
                        hash(token),
                        MASK,
                        CONTEXT));
        ledger.send(new DisableToken(token, "why", CONTEXT));
        ledger.send(new EnableToken(token, CONTEXT));
    }

    private void awaitSealed() throws SQLException {
        int events = LedgerInstance.stored(database).size();
        Await.until(LIMIT, "all is sealed", this::sealedSize, size -> size == events);
    }

    private long sealedSize() throws SQLException {
        return ask("select coalesce(max(size), 0) from seal.checkpoint");
    }

    private long ask(String question) throws SQLException {
        try (Connection connection = database.superuser()) {
            return jdbc(connection).sql(question).query(Long.class).single();
        }
    }

    private static JdbcClient jdbc(Connection connection) {
        return JdbcClient.create(new SingleConnectionDataSource(connection, true));
    }

    private List<Seal> stored() throws SQLException {
        try (Connection connection = sealer().getConnection()) {
            return new SealTables(connection)
                    .after(0, 100_000).stream().map(SealTables.Signed::seal).toList();
        }
    }

    private VerifierKey verifier() throws Exception {
        return VerifierKey.parse(Files.readString(keys.resolve("verifier-key")).strip());
    }

    /** Every event is in the log, chained and hashed as a naive reader does it from the rows. */
    private void mustBeOneHistory() throws Exception {
        List<Seal> seals = stored();
        List<SealRun> runs = seals.stream().flatMap(seal -> seal.runs().stream()).toList();
        NaiveLog naive = new NaiveLog(LedgerInstance.stored(database), runs);
        for (Seal seal : seals) {
            SignedNote note = SignedNote.parse(seal.checkpoint());
            assertThat(verifier().verifies(note)).isTrue();
            assertThat(Checkpoint.parse(note.text()))
                    .isEqualTo(new Checkpoint(ORIGIN, seal.size(), naive.root((int) seal.size())));
            for (int i = 0; i < seal.leaves(); i++) {
                assertThat(Hash.at(seal.hashes(), i))
                        .isEqualTo(naive.leaves().get((int) seal.firstLeaf() + i));
            }
        }
    }

    private List<Seal> published() {
        List<Seal> seals = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(
                        Map.of(
                                "bootstrap.servers",
                                LedgerInfrastructure.get().kafkaBootstrap(),
                                "enable.auto.commit",
                                false),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer())) {
            List<TopicPartition> topic = List.of(new TopicPartition(Topics.SEALS, 0));
            consumer.assign(topic);
            consumer.seekToBeginning(topic);
            long end = consumer.endOffsets(topic).values().iterator().next();
            while (consumer.position(topic.getFirst()) < end) {
                consumer.poll(Duration.ofMillis(100))
                        .forEach(record -> seals.add(SealRecords.read(record)));
            }
        }
        return seals;
    }

    /** What readers get, once what came twice is left out: seal behind seal, all of them. */
    private void mustBePublished() throws SQLException {
        List<String> stored = stored().stream().map(Seal::checkpoint).toList();
        Await.until(
                LIMIT,
                "all is published",
                () -> {
                    List<String> read = new ArrayList<>();
                    long size = 0;
                    for (Seal seal : published()) {
                        if (seal.size() > size) {
                            assertThat(seal.firstLeaf()).isEqualTo(size);
                            size = seal.size();
                            read.add(seal.checkpoint());
                        }
                    }
                    return read;
                },
                read -> read.equals(stored));
    }

    /** Two instances: one seals, the other takes over in seconds, and it is one log. */
    @Test
    void instancesSealOneAfterTheOther() throws Exception {
        try (LedgerInstance ledger = new LedgerInstance(database)) {
            live(ledger);
            Seals one = start(1_000);
            awaitSealed();
            try (Seals other = start(1)) {
                live(ledger);
                live(ledger);
                awaitSealed();
                one.close();
                live(ledger);
                long began = System.nanoTime();
                awaitSealed();
                assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(LIMIT);
                assertThat(other).isNotNull();
            }
            live(ledger);
            try (Seals again = start(1)) {
                awaitSealed();
                assertThat(again).isNotNull();
                mustBePublished();
            }
        }
        mustBeOneHistory();
        assertThat(progress.sealingTrouble()).isEmpty();
    }

    /** The connection is cut under way, again and again: nothing is signed twice or left out. */
    @Test
    void lostConnectionsLeaveOneHistory() throws Exception {
        try (LedgerInstance ledger = new LedgerInstance(database);
                Seals seals = start(4)) {
            assertThat(seals).isNotNull();
            for (int round = 0; round < 5; round++) {
                for (int i = 0; i < 10; i++) {
                    live(ledger);
                }
                try (Connection connection = database.superuser();
                        Statement statement = connection.createStatement()) {
                    statement.execute(
                            "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'ledger_sealer'");
                }
            }
            awaitSealed();
            mustBePublished();
        }
        mustBeOneHistory();
    }

    /**
     * Another key, or none, seals nothing more, says so, and hinders nobody; the right one goes on.
     */
    @Test
    void wrongKeyFileIsRefused() throws Exception {
        Path file = keys.resolve("seal-key");
        try (LedgerInstance ledger = new LedgerInstance(database)) {
            live(ledger);
            try (Seals seals = start(10)) {
                assertThat(seals).isNotNull();
                awaitSealed();
            }
            long size = sealedSize();
            String right = Files.readString(file);
            Files.writeString(file, SignerKey.generate(ORIGIN).secretText());
            try (Seals seals = start(10)) {
                assertThat(seals).isNotNull();
                awaitTrouble("another log's");
                Files.delete(file);
                awaitTrouble("is missing");
                live(ledger);
                assertThat(sealedSize()).isEqualTo(size);
                assertThat(Files.exists(file)).isFalse();
                // As its owner would put it back.
                Files.createFile(
                        file,
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rw-------")));
                assertThat(verifier())
                        .as("nobody is told of a key that is not the log's")
                        .hasToString(SignerKey.parse(right).verifier().toString());
                Files.writeString(file, right);
                awaitSealed();
            }
        }
        mustBeOneHistory();
    }

    private void awaitTrouble(String words) {
        Await.until(
                LIMIT,
                words,
                () -> progress.sealingTrouble().orElse(""),
                trouble -> trouble.contains(words));
    }

    /**
     * A store that lacks what was published is not published on: that would be a second history.
     */
    @Test
    void lostTailIsNotPublishedOver() throws Exception {
        try (LedgerInstance ledger = new LedgerInstance(database)) {
            live(ledger);
            try (Seals seals = start(10)) {
                assertThat(seals).isNotNull();
                awaitSealed();
                mustBePublished();
            }
            try (Connection connection = database.superuser();
                    Statement statement = connection.createStatement()) {
                statement.execute("truncate seal.run, seal.checkpoint, seal.edge");
            }
            live(ledger);
            int before = published().size();
            try (Seals seals = start(10)) {
                assertThat(seals).isNotNull();
                Await.until(
                        LIMIT,
                        "publishing stops",
                        () -> progress.publishingTrouble().orElse(""),
                        trouble -> trouble.contains("back-up"));
                awaitSealed();
                assertThat(published()).hasSize(before);
            }
        }
    }

    /** A start reads the edge that was kept last and the leaves behind it, and looks leaves up. */
    @Test
    void keptEdgeIsWhereAStartBegins() throws Exception {
        try (LedgerInstance ledger = new LedgerInstance(database)) {
            live(ledger);
            try (Seals seals = start(10)) {
                assertThat(seals).isNotNull();
                awaitSealed();
            }
        }
        try (Connection connection = sealer().getConnection()) {
            SealTables tables = new SealTables(connection);
            RightEdge whole = tables.edge();
            long size = whole.size();
            byte[] hashes = new byte[2 * Hash.BYTES];
            hashes[0] = 1;
            whole.append(Hash.at(hashes, 0));
            whole.append(Hash.at(hashes, 1));
            tables.append(
                    new Seal(size + 2, "note", size, List.of(new SealRun(7, 900, 2)), hashes),
                    whole.root(),
                    NOW,
                    whole);
            try (Connection owner = database.superuser();
                    Statement statement = owner.createStatement()) {
                statement.execute("delete from seal.run where first_leaf = 0");
            }
            assertThat(tables.edge().root()).isEqualTo(whole.root());
            assertThat(tables.edge().size()).isEqualTo(size + 2);
            assertThat(tables.after(size, 10).getFirst().seal().hashes()).isEqualTo(hashes);
            try (Connection owner = database.superuser();
                    Statement statement = owner.createStatement()) {
                statement.execute("truncate seal.edge");
            }
            assertThatThrownBy(tables::edge).isInstanceOf(SealedContradiction.class);
        }
    }

    /** PostgreSQL itself keeps the sealer from history, and the auditor from everything. */
    @Test
    void rolesMayDoWhatTheyAreForOnly() throws Exception {
        try (LedgerInstance ledger = new LedgerInstance(database)) {
            live(ledger);
        }
        try (Connection sealer = sealer().getConnection();
                Connection auditor =
                        DriverManager.getConnection(
                                database.jdbcUrl(), "ledger_auditor", database.auditorPassword())) {
            for (String read :
                    new String[] {
                        "select * from ledger.event",
                        "select * from ledger.partition_head",
                        "select * from seal.run",
                        "select * from seal.checkpoint",
                        "select * from seal.edge"
                    }) {
                execute(sealer, read);
                execute(auditor, read);
            }
            execute(auditor, "select * from ledger.unbooked_usage");
            for (String write :
                    new String[] {
                        "insert into ledger.event select * from ledger.event",
                        "update ledger.event set payload = '{}'",
                        "delete from ledger.event",
                        "update ledger.partition_head set pseq = 0",
                        "update seal.run set count = 0",
                        "delete from seal.run",
                        "update seal.checkpoint set note = ''",
                        "delete from seal.checkpoint",
                        "delete from seal.edge",
                        "truncate seal.run",
                        "drop table seal.run",
                        "create table seal.other (id int)",
                        "select * from vault.token_secret",
                        "select * from ledger.idempotency",
                        "set role ledger_owner"
                    }) {
                assertRefused(sealer, write);
                assertRefused(auditor, write);
            }
            String seal = "insert into seal.edge values (1, '')";
            assertRefused(auditor, seal);
            assertRefused(auditor, "insert into seal.run values (0, 0, 1, 1, '')");
            assertRefused(auditor, "insert into seal.checkpoint values (1, '', '', now())");
            execute(sealer, seal);
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void assertRefused(Connection connection, String sql) {
        assertThatThrownBy(() -> execute(connection, sql))
                .as(sql)
                .isInstanceOfSatisfying(
                        SQLException.class,
                        e -> assertThat(e.getSQLState()).as(e.getMessage()).isEqualTo("42501"));
    }
}
