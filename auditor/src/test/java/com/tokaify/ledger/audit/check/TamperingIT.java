package com.tokaify.ledger.audit.check;

import static com.tokaify.ledger.audit.sample.SampleLedger.ACCOUNT;
import static com.tokaify.ledger.audit.sample.SampleLedger.CHAT;
import static com.tokaify.ledger.audit.sample.SampleLedger.GONE;
import static org.assertj.core.api.Assertions.assertThat;

import com.tokaify.ledger.audit.Auditor;
import com.tokaify.ledger.audit.core.LoggedEvent;
import com.tokaify.ledger.audit.sample.Forged;
import com.tokaify.ledger.audit.sample.SampleLedger;
import com.tokaify.ledger.audit.sample.SampleSeals;
import com.tokaify.ledger.audit.sample.SampleTables;
import com.tokaify.ledger.audit.sample.SampleTopic;
import com.tokaify.ledger.audit.seal.SealedCheckpoint;
import com.tokaify.ledger.audit.witness.SigningKey;
import com.tokaify.ledger.events.TokenEvent.TokenRenamed;
import com.tokaify.ledger.events.codec.EventType;
import com.tokaify.ledger.events.codec.StrictJson;
import com.tokaify.ledger.testkit.LedgerDatabase;
import com.tokaify.ledger.testkit.LedgerInfrastructure;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/**
 * Every way to change a sealed ledger is found by {@code verify}, as exactly what it is and where
 * it is, and a ledger nobody touched gives no finding.
 */
class TamperingIT {
    private static final SampleLedger LEDGER = SampleLedger.standard();
    private static final SigningKey KEY = SampleSeals.newKey();
    private static final SampleSeals SEALS = SampleSeals.of(LEDGER, KEY);
    private static final List<ProducerRecord<byte[], byte[]>> TOLD = SEALS.told();

    /** In the middle of its stream, its partition and the log. */
    private static final LoggedEvent RENAMED = LEDGER.event(CHAT, 6);

    @TempDir private static Path files;

    private static LedgerDatabase database;
    private static Map<String, String> environment;
    private static List<LoggedEvent> topic = List.of();
    private static List<ProducerRecord<byte[], byte[]>> told = List.of();

    @BeforeAll
    static void prepare() throws Exception {
        database = LedgerInfrastructure.get().newLedgerDatabase();
        Path password = files.resolve("password");
        Files.writeString(password, database.auditorPassword());
        try (Connection superuser = database.superuser()) {
            SampleTables.create(superuser);
        }
        environment =
                Map.of(
                        "LEDGER_DATABASE_URL", database.jdbcUrl(),
                        "LEDGER_KAFKA_BOOTSTRAP", LedgerInfrastructure.get().kafkaBootstrap(),
                        "LEDGER_AUDITOR_PASSWORD_FILE", password.toString(),
                        "LEDGER_SEAL_VERIFIER_KEY", KEY.verifier().toString());
    }

    @BeforeEach
    void fill() throws Exception {
        fill(LEDGER, SEALS);
    }

    /** The negative control of all that follows. */
    @Test
    void cleanLedgerGivesNoFinding() throws Exception {
        assertThat(verify()).isEmpty();
    }

    /** What was done, by somebody who may do everything, and what must be found. */
    record Tampering(String what, String sql, Set<String> findings) {
        @Override
        public String toString() {
            return what;
        }
    }

    static Stream<Tampering> store() {
        String at = at(RENAMED);
        String here =
                " where partition = %d and pseq = %d"
                        .formatted(RENAMED.partition(), RENAMED.pseq());
        String change = "update ledger.event set ";
        Set<String> changed = Set.of("LEAF_DIFFERS " + RENAMED.id(), "RECORD_DIFFERS " + at);
        LoggedEvent last = lastOf(RENAMED.partition());
        LoggedEvent consumed = LEDGER.event(CHAT, 3);
        return Stream.of(
                new Tampering(
                        "a byte of the payload",
                        change
                                + "payload = set_byte(payload, 12, get_byte(payload, 12) # 1)"
                                + here,
                        changed),
                new Tampering("the actor", change + "actor = 'operator:usr_02'" + here, changed),
                new Tampering(
                        "the correlation id",
                        change + "correlation_id = 'request-x'" + here,
                        changed),
                new Tampering(
                        "a microsecond of the time",
                        change + "recorded_at = recorded_at + interval '1 microsecond'" + here,
                        changed),
                new Tampering(
                        "the type",
                        change + "type = " + EventType.TOKEN_GROUP_CHANGED.code() + here,
                        Set.of(
                                "LEAF_DIFFERS " + RENAMED.id(),
                                "RECORD_DIFFERS " + at,
                                "EVENT_UNREADABLE " + RENAMED.id() + " at " + at)),
                new Tampering(
                        "an amount",
                        """
                        update ledger.event set payload =
                            convert_to(replace(convert_from(payload, 'UTF8'), '"amount":100', '"amount":900'), 'UTF8')
                        where partition = %d and pseq = %d
                        """
                                .formatted(consumed.partition(), consumed.pseq()),
                        Set.of(
                                "LEAF_DIFFERS " + consumed.id(),
                                "RECORD_DIFFERS " + at(consumed),
                                "TOTAL_DIFFERS " + consumed.id() + " at " + at(consumed))),
                new Tampering(
                        "the sequence",
                        change + "sequence = 99" + here,
                        Set.of(
                                "LEAF_DIFFERS " + CHAT + ":99",
                                "RECORD_DIFFERS " + at,
                                "SEQUENCE_BROKEN " + CHAT + ":99",
                                "SEQUENCE_BROKEN " + CHAT + ":7",
                                "SEQUENCE_BROKEN " + CHAT + ":8")),
                new Tampering(
                        "an event taken out",
                        "delete from ledger.event" + here,
                        Set.of(
                                "POSITION_MISSING " + at,
                                "LEAF_MISSING " + at,
                                "RECORD_UNKNOWN " + at,
                                "SEQUENCE_BROKEN " + CHAT + ":7")),
                new Tampering(
                        "the tail cut off",
                        "delete from ledger.event where partition = %d and pseq = %d"
                                .formatted(last.partition(), last.pseq()),
                        Set.of(
                                "POSITION_MISSING " + at(last),
                                "LEAF_MISSING " + at(last),
                                "RECORD_UNKNOWN " + at(last))),
                new Tampering(
                        "the tail cut off, and the head set back",
                        """
                        delete from ledger.event where partition = %1$d and pseq = %2$d;
                        update ledger.partition_head set pseq = pseq - 1 where partition = %1$d
                        """
                                .formatted(last.partition(), last.pseq()),
                        Set.of("LEAF_MISSING " + at(last), "RECORD_UNKNOWN " + at(last))),
                new Tampering(
                        "an event put in",
                        """
                        insert into ledger.event
                            (partition, pseq, stream, sequence, type, recorded_at, actor, correlation_id, payload)
                        select partition, %d, stream, %d, type, recorded_at, actor, correlation_id, payload
                        from ledger.event
                        """
                                        .formatted(
                                                last.pseq() + 1, lastSequence(RENAMED.stream()) + 1)
                                + here
                                + ";update ledger.partition_head set pseq = pseq + 1 where partition = "
                                + last.partition(),
                        Set.of(
                                "NOT_SEALED " + last.partition() + ":" + (last.pseq() + 1),
                                "RECORD_MISSING " + last.partition() + ":" + (last.pseq() + 1))));
    }

    @ParameterizedTest
    @MethodSource("store")
    void changeOfTheStoreIsFound(Tampering tampering) throws Exception {
        tamper(tampering.sql());
        assertThat(verify()).isEqualTo(new TreeSet<>(tampering.findings()));
    }

    /** Two events of one stream that change places: each is where the other was sealed. */
    @Test
    void swappedEventsAreFound() throws Exception {
        LoggedEvent one = LEDGER.event(CHAT, 2);
        LoggedEvent other = LEDGER.event(CHAT, 3);
        LoggedEvent next = LEDGER.event(CHAT, 4);
        tamper(
                """
                update ledger.event set pseq = -1 where partition = %1$d and pseq = %2$d;
                update ledger.event set pseq = %2$d where partition = %1$d and pseq = %3$d;
                update ledger.event set pseq = %3$d where partition = %1$d and pseq = -1
                """
                        .formatted(one.partition(), one.pseq(), other.pseq()));
        assertThat(verify())
                .containsExactly(
                        "LEAF_DIFFERS " + one.id(),
                        "LEAF_DIFFERS " + other.id(),
                        "RECORD_DIFFERS " + at(one),
                        "RECORD_DIFFERS " + at(other),
                        "SEQUENCE_BROKEN " + one.id(),
                        "SEQUENCE_BROKEN " + other.id(),
                        "TOTAL_DIFFERS " + one.id() + " at " + at(other),
                        "TOTAL_DIFFERS " + other.id() + " at " + at(one),
                        "TOTAL_DIFFERS " + next.id() + " at " + at(next));
    }

    static Stream<Tampering> seals() {
        SealedCheckpoint first = SEALS.checkpointList().getFirst();
        SealedCheckpoint under = SEALS.checkpointOf(RENAMED);
        SealedCheckpoint last = SEALS.checkpointList().getLast();
        SealedCheckpoint before = SEALS.checkpointList().get(SEALS.checkpointList().size() - 2);
        long firstLeaf = SEALS.runOf(RENAMED).firstLeaf();
        int offset = (int) (RENAMED.pseq() - SEALS.runOf(RENAMED).firstPseq()) * 32;
        return Stream.of(
                new Tampering(
                        "a hash",
                        "update seal.run set hashes = set_byte(hashes, %1$d, get_byte(hashes, %1$d) # 1) where first_leaf = %2$d"
                                .formatted(offset, firstLeaf),
                        Set.of(
                                "LEAF_DIFFERS " + RENAMED.id(),
                                "CHECKPOINT_ROOT " + under.size(),
                                "SEAL_DIFFERS " + under.size())),
                new Tampering(
                        "a run taken out",
                        "delete from seal.run where first_leaf = " + firstLeaf,
                        Set.of(
                                "LOG_BROKEN " + firstLeaf,
                                "SEAL_DIFFERS " + under.size(),
                                "NOT_SEALED "
                                        + RENAMED.partition()
                                        + ":"
                                        + SEALS.runOf(RENAMED).firstPseq())),
                new Tampering(
                        "a root",
                        "update seal.checkpoint set root = set_byte(root, 0, get_byte(root, 0) # 1) where size = "
                                + first.size(),
                        Set.of("CHECKPOINT_ROOT " + first.size())),
                new Tampering(
                        "a signature",
                        "update seal.checkpoint set note = overlay(note placing translate(substring(note from length(note) - 20 for 1), 'Aa', 'aA') || 'x' from length(note) - 20 for 2) where size = "
                                + first.size(),
                        Set.of(
                                "CHECKPOINT_SIGNATURE " + first.size(),
                                "SEAL_DIFFERS " + first.size())),
                new Tampering(
                        "a checkpoint that is another one's",
                        "update seal.checkpoint set note = (select note from seal.checkpoint where size = %d) where size = %d"
                                .formatted(last.size(), first.size()),
                        Set.of("CHECKPOINT_ROOT " + first.size(), "SEAL_DIFFERS " + first.size())),
                new Tampering(
                        "the last checkpoint taken out",
                        "delete from seal.checkpoint where size = " + last.size(),
                        Set.of("LOG_BROKEN " + before.size(), "SEAL_UNKNOWN " + last.size())));
    }

    @ParameterizedTest
    @MethodSource("seals")
    void changeOfTheSealsIsFound(Tampering tampering) throws Exception {
        tamper(tampering.sql());
        assertThat(verify()).isEqualTo(new TreeSet<>(tampering.findings()));
    }

    /** Who lacks the key can only sign with another. */
    @Test
    void logSignedByAnotherKeyIsFound() throws Exception {
        SampleSeals forged = SampleSeals.of(LEDGER, SampleSeals.newKey());
        fill(LEDGER, forged);
        assertThat(verify())
                .isEqualTo(
                        new TreeSet<>(
                                forged.checkpointList().stream()
                                        .map(each -> "CHECKPOINT_SIGNATURE " + each.size())
                                        .toList()));
    }

    /**
     * Who has the key, the store and Kafka can rewrite everything, and everything agrees: found
     * only by whoever has kept a checkpoint.
     */
    @Test
    void rewrittenAndSignedAgainIsFoundByAKeptCheckpointAlone() throws Exception {
        SampleLedger rewritten = LEDGER.withPayload(CHAT, 6, new TokenRenamed("another"));
        SampleSeals signedAgain = SampleSeals.of(rewritten, KEY);
        fill(rewritten, signedAgain);
        assertThat(verify()).isEmpty();

        SealedCheckpoint kept = SEALS.checkpointOf(RENAMED);
        assertThat(verify("--checkpoint", keep(kept)))
                .containsExactly("CHECKPOINT_INCONSISTENT " + kept.size());
        // What was signed before the change still holds.
        SealedCheckpoint before = SEALS.checkpointList().getFirst();
        assertThat(verify("--checkpoint", keep(before))).isEmpty();
    }

    /** A log that was cut off, with all it sealed, has forgotten what somebody remembers. */
    @Test
    void cutOffLogIsFoundByAKeptCheckpoint() throws Exception {
        List<LoggedEvent> shorter = new ArrayList<>(LEDGER.events());
        shorter.removeLast();
        SampleLedger cut = new SampleLedger(shorter);
        fill(cut, SampleSeals.of(cut, KEY));
        assertThat(verify()).isEmpty();
        SealedCheckpoint kept = SEALS.checkpointList().getLast();
        assertThat(verify("--checkpoint", keep(kept)))
                .containsExactly("CHECKPOINT_INCONSISTENT " + kept.size());
    }

    /** Records changed, lost, invented, repeated or out of order on Kafka. */
    @Test
    void changedTopicIsFound() throws Exception {
        LoggedEvent other = LEDGER.event(ACCOUNT, 1);
        LoggedEvent lost = LEDGER.event(GONE, 4);
        LoggedEvent last = lastOf(RENAMED.partition());
        List<LoggedEvent> records = new ArrayList<>(LEDGER.events());
        records.set(records.indexOf(RENAMED), Forged.payload(RENAMED, new byte[] {'{', '}'}));
        records.set(records.indexOf(other), Forged.actor(other, "operator:somebody"));
        records.remove(lost);
        records.add(
                Forged.sequence(
                        Forged.at(last, last.partition(), last.pseq() + 1),
                        lastSequence(last.stream()) + 1));
        fillTopics(records, TOLD);
        assertThat(verify())
                .containsExactlyInAnyOrder(
                        "RECORD_DIFFERS " + at(RENAMED),
                        "RECORD_DIFFERS " + at(other),
                        "RECORD_MISSING " + at(lost),
                        "RECORD_UNKNOWN " + last.partition() + ":" + (last.pseq() + 1));
    }

    @Test
    void repeatedAndSwappedRecordsAreFound() throws Exception {
        List<LoggedEvent> records = new ArrayList<>(LEDGER.events());
        LoggedEvent first = LEDGER.event(CHAT, 2);
        LoggedEvent second = LEDGER.event(CHAT, 3);
        Collections.swap(records, records.indexOf(first), records.indexOf(second));
        LoggedEvent repeated = LEDGER.event(GONE, 0);
        records.add(records.indexOf(repeated) + 1, repeated);
        fillTopics(records, TOLD);
        TreeSet<String> expected =
                new TreeSet<>(
                        Set.of(
                                "RECORD_MISSING " + at(first),
                                "POSITION_REPEATED " + at(first),
                                "POSITION_REPEATED " + at(repeated)));
        assertThat(verify()).isEqualTo(expected);
    }

    /** What was done to the topic of seals, and what must be found. */
    record Telling(String what, List<ProducerRecord<byte[], byte[]>> seals, Set<String> findings) {
        @Override
        public String toString() {
            return what;
        }
    }

    static Stream<Telling> tellings() {
        List<SealedCheckpoint> sizes = SEALS.checkpointList();
        SealedCheckpoint second = sizes.get(1);
        SealedCheckpoint third = sizes.get(2);
        SealedCheckpoint last = sizes.getLast();
        ProducerRecord<byte[], byte[]> otherLeaf = toldOtherwise(1);
        List<ProducerRecord<byte[], byte[]>> byAnotherKey =
                SampleSeals.of(LEDGER, SampleSeals.newKey()).told();
        SampleLedger longer =
                LEDGER.and(CHAT, new TokenRenamed("never"), lastSequence(CHAT.toString()) + 1);
        ProducerRecord<byte[], byte[]> invented = SampleSeals.of(longer, KEY).told().getLast();
        ProducerRecord<byte[], byte[]> garbage =
                new ProducerRecord<>(TOLD.getFirst().topic(), new byte[] {'{', '}'});
        return Stream.of(
                new Telling("a leaf", with(1, otherLeaf), Set.of("SEAL_DIFFERS " + second.size())),
                new Telling(
                        "which events were sealed",
                        with(
                                1,
                                toldOtherwise(
                                        1,
                                        "\"firstPseq\":(\\d+)",
                                        pseq -> Long.toString(Long.parseLong(pseq) + 1))),
                        Set.of("SEAL_DIFFERS " + second.size())),
                new Telling(
                        "a signature",
                        with(1, byAnotherKey.get(1)),
                        Set.of("SEAL_DIFFERS " + second.size())),
                new Telling(
                        "two taken out of the middle",
                        without(1, 2),
                        Set.of("SEAL_MISSING " + second.size())),
                new Telling(
                        "the last taken out",
                        without(TOLD.size() - 1),
                        Set.of("SEAL_MISSING " + last.size())),
                new Telling(
                        "two swapped",
                        swapped(1, 2),
                        Set.of("SEAL_MISSING " + second.size(), "SEAL_UNKNOWN " + second.size())),
                new Telling(
                        "one put in behind",
                        and(invented),
                        Set.of("SEAL_UNKNOWN " + (last.size() + 1))),
                new Telling("one told again", and(TOLD.get(2)), Set.of()),
                new Telling(
                        "one told again otherwise",
                        and(toldOtherwise(2)),
                        Set.of("SEAL_DIFFERS " + third.size())),
                new Telling(
                        "what is no seal",
                        and(garbage),
                        Set.of("SEAL_UNKNOWN offset " + TOLD.size())));
    }

    @ParameterizedTest
    @MethodSource("tellings")
    void changedTopicOfSealsIsFound(Telling telling) throws Exception {
        fillTopics(LEDGER.events(), telling.seals());
        assertThat(verify()).isEqualTo(new TreeSet<>(telling.findings()));
    }

    /** What was sealed a moment ago may be on its way. */
    @Test
    void sealsMayComeALittleLater() throws Exception {
        fillTopics(LEDGER.events(), without(TOLD.size() - 1));
        assertThat(verify("--max-lag", "1000000h")).isEmpty();
    }

    /** The seal with one of its leaves changed. */
    private static ProducerRecord<byte[], byte[]> toldOtherwise(int index) {
        return toldOtherwise(index, "\"hashes\":\"(.)", match -> match.equals("A") ? "B" : "A");
    }

    /** The seal with something else where the pattern has its group. */
    private static ProducerRecord<byte[], byte[]> toldOtherwise(
            int index, String pattern, UnaryOperator<String> change) {
        ProducerRecord<byte[], byte[]> record = TOLD.get(index);
        String json = new String(record.value(), StandardCharsets.UTF_8);
        Matcher matcher = Pattern.compile(pattern).matcher(json);
        assertThat(matcher.find()).isTrue();
        String other =
                json.substring(0, matcher.start(1))
                        + change.apply(matcher.group(1))
                        + json.substring(matcher.end(1));
        return new ProducerRecord<>(
                record.topic(),
                record.partition(),
                record.timestamp(),
                record.key(),
                other.getBytes(StandardCharsets.UTF_8),
                record.headers());
    }

    private static List<ProducerRecord<byte[], byte[]>> with(
            int index, ProducerRecord<byte[], byte[]> record) {
        List<ProducerRecord<byte[], byte[]>> seals = new ArrayList<>(TOLD);
        seals.set(index, record);
        return seals;
    }

    private static List<ProducerRecord<byte[], byte[]>> without(int... indexes) {
        List<ProducerRecord<byte[], byte[]>> seals = new ArrayList<>(TOLD);
        for (int i = indexes.length - 1; i >= 0; i--) {
            seals.remove(indexes[i]);
        }
        return seals;
    }

    private static List<ProducerRecord<byte[], byte[]>> swapped(int one, int other) {
        List<ProducerRecord<byte[], byte[]>> seals = new ArrayList<>(TOLD);
        Collections.swap(seals, one, other);
        return seals;
    }

    private static List<ProducerRecord<byte[], byte[]>> and(ProducerRecord<byte[], byte[]> record) {
        List<ProducerRecord<byte[], byte[]>> seals = new ArrayList<>(TOLD);
        seals.add(record);
        return seals;
    }

    /** Without Kafka and without a key less is verified, and that is said. */
    @Test
    void whatIsNotVerifiedIsSaid() {
        StringWriter answer = new StringWriter();
        Map<String, String> less =
                Map.of(
                        "LEDGER_DATABASE_URL", environment.get("LEDGER_DATABASE_URL"),
                        "LEDGER_AUDITOR_PASSWORD_FILE",
                                environment.get("LEDGER_AUDITOR_PASSWORD_FILE"));
        int exit =
                Auditor.commandLine(less, new PrintWriter(answer), new PrintWriter(answer))
                        .execute("verify");
        assertThat(answer.toString())
                .contains("not verified: signatures of checkpoints")
                .contains("not verified: what lies on Kafka")
                .contains("no findings");
        assertThat(exit).isZero();
    }

    private static String at(LoggedEvent event) {
        return event.partition() + ":" + event.pseq();
    }

    private static LoggedEvent lastOf(int partition) {
        return LEDGER.events().stream()
                .filter(each -> each.partition() == partition)
                .reduce((_, last) -> last)
                .orElseThrow();
    }

    private static long lastSequence(String stream) {
        return LEDGER.events().stream().filter(each -> each.stream().equals(stream)).count() - 1;
    }

    private static String keep(SealedCheckpoint checkpoint) throws Exception {
        Path file = files.resolve("kept-" + checkpoint.size());
        Files.writeString(file, checkpoint.note());
        return file.toString();
    }

    private static void fill(SampleLedger ledger, SampleSeals seals) throws Exception {
        try (Connection superuser = database.superuser()) {
            SampleTables.fill(superuser, ledger, seals);
        }
        fillTopics(ledger.events(), seals.equals(SEALS) ? TOLD : seals.told());
    }

    private static void fillTopics(
            List<LoggedEvent> records, List<ProducerRecord<byte[], byte[]>> seals)
            throws Exception {
        if (!records.equals(topic) || !seals.equals(told)) {
            SampleTopic.fill(LedgerInfrastructure.get(), records, seals);
            topic = List.copyOf(records);
            told = List.copyOf(seals);
        }
    }

    private static void tamper(String sql) throws Exception {
        try (Connection superuser = database.superuser();
                Statement statement = superuser.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Kinds and places of what is found, and an exit code that says the same. */
    private static Set<String> verify(String... more) {
        StringWriter answer = new StringWriter();
        StringWriter errors = new StringWriter();
        List<String> arguments = new ArrayList<>(List.of("verify", "--json"));
        arguments.addAll(List.of(more));
        int exit =
                Auditor.commandLine(environment, new PrintWriter(answer), new PrintWriter(errors))
                        .execute(arguments.toArray(String[]::new));
        assertThat(errors.toString()).isEmpty();
        JsonNode json = StrictJson.MAPPER.readTree(answer.toString());
        TreeSet<String> findings = new TreeSet<>();
        json.get("findings")
                .forEach(each ->
                        findings.add(
                                each.get("kind").asString() + " " + each.get("where").asString()));
        assertThat(json.get("findingCount").asInt()).isEqualTo(findings.size());
        assertThat(exit).isEqualTo(findings.isEmpty() ? 0 : 1);
        return findings;
    }
}
