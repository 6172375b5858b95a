package com.tokaify.ledger.audit.pack;

import static com.tokaify.ledger.audit.sample.SampleLedger.ACCOUNT;
import static com.tokaify.ledger.audit.sample.SampleLedger.CHAT;
import static com.tokaify.ledger.audit.sample.SampleLedger.GONE;
import static org.assertj.core.api.Assertions.assertThat;

import com.tokaify.ledger.audit.Auditor;
import com.tokaify.ledger.audit.core.LoggedEvent;
import com.tokaify.ledger.audit.sample.SampleLedger;
import com.tokaify.ledger.audit.sample.SampleSeals;
import com.tokaify.ledger.audit.sample.SampleTables;
import com.tokaify.ledger.audit.seal.SealedCheckpoint;
import com.tokaify.ledger.audit.witness.SigningKey;
import com.tokaify.ledger.events.TokenEvent.TokenRenamed;
import com.tokaify.ledger.events.codec.StrictJson;
import com.tokaify.ledger.testkit.LedgerDatabase;
import com.tokaify.ledger.testkit.LedgerInfrastructure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * What {@code export} writes is proved by {@code verify-export}, which is given the file and a key
 * and no server; and what was done to the file is found.
 */
class EvidenceIT {
    private static final SampleLedger LEDGER = SampleLedger.standard();
    private static final SigningKey KEY = SampleSeals.newKey();
    private static final SampleSeals SEALS = SampleSeals.of(LEDGER, KEY);
    private static final LoggedEvent RENAMED = LEDGER.event(CHAT, 6);

    @TempDir private static Path files;

    private static Map<String, String> environment;

    @BeforeAll
    static void prepare() throws Exception {
        LedgerDatabase database = LedgerInfrastructure.get().newLedgerDatabase();
        Path password = files.resolve("password");
        Files.writeString(password, database.auditorPassword());
        try (Connection superuser = database.superuser()) {
            SampleTables.create(superuser);
            SampleTables.fill(superuser, LEDGER, SEALS);
        }
        environment =
                Map.of(
                        "LEDGER_DATABASE_URL", database.jdbcUrl(),
                        "LEDGER_AUDITOR_PASSWORD_FILE", password.toString(),
                        "LEDGER_SEAL_VERIFIER_KEY", KEY.verifier().toString());
    }

    /** A deleted token's history stays proved for ever. */
    @Test
    void tokenThatIsGoneIsProved() {
        Path pack = export("--token", GONE.toString());
        assertThat(verify(pack)).isEqualTo(new Verdict(9, Set.of()));
        try (Evidence evidence = Evidence.open(pack)) {
            List<String> ids = new ArrayList<>();
            evidence.readStream(GONE.toString(), event -> ids.add(event.id()));
            assertThat(ids).hasSize(9).first().isEqualTo(GONE + ":0");
            assertThat(evidence.partitions()).isEqualTo(SampleLedger.PARTITIONS);
        }
    }

    /** An account with all its tokens; the catalog is nobody's. */
    @Test
    void accountIsProvedWithItsTokens() {
        Path pack = export("--account", ACCOUNT.toString());
        assertThat(verify(pack)).isEqualTo(new Verdict(LEDGER.events().size() - 2, Set.of()));
    }

    @Test
    void everythingIsProvedByItsOwnTree() {
        Path pack = export("--everything");
        assertThat(verify(pack)).isEqualTo(new Verdict(LEDGER.events().size(), Set.of()));
        try (Evidence evidence = Evidence.open(pack)) {
            for (int partition = 0; partition < SampleLedger.PARTITIONS; partition++) {
                assertThat(evidence.end(partition)).isEqualTo(LEDGER.end(partition));
            }
        }
    }

    /** Every byte of every file counts, but for the words and the manifest nothing rests on. */
    @Test
    void everyChangedByteOfATokensPackIsFound() throws Exception {
        everyChangedByteIsFound(export("--token", CHAT.toString()));
    }

    @Test
    void everyChangedByteOfAPackOfEverythingIsFound() throws Exception {
        everyChangedByteIsFound(export("--everything"));
    }

    private void everyChangedByteIsFound(Path pack) throws Exception {
        int tried = 0;
        for (String name : names(pack)) {
            if (Set.of(PackFiles.README, PackFiles.MANIFEST, PackFiles.KEY).contains(name)) {
                continue;
            }
            int length = bytes(pack, name).length;
            for (int at = 0; at < length; at += Math.max(1, length / 7)) {
                int place = at;
                Path changed =
                        rewritten(
                                pack,
                                each -> each,
                                name,
                                bytes -> {
                                    byte[] other = bytes.clone();
                                    other[place] ^= 1;
                                    return other;
                                });
                assertThat(found(changed)).as("%s, byte %d", name, at).isTrue();
                tried++;
            }
        }
        assertThat(tried).isGreaterThan(10);
    }

    /** An event left out of the middle, with its proof, leaves a hole. */
    @Test
    void eventLeftOutIsFound() throws Exception {
        Path pack = export("--token", CHAT.toString());
        Path changed =
                rewritten(
                        pack,
                        name -> name.endsWith("/3.tlog-proof") ? null : name,
                        PackFiles.events(CHAT.toString()),
                        bytes -> {
                            List<byte[]> entries = new ArrayList<>(Bundle.entries(bytes));
                            entries.remove(3);
                            ByteArrayOutputStream bundle = new ByteArrayOutputStream();
                            entries.forEach(each -> Bundle.add(bundle, each));
                            return bundle.toByteArray();
                        });
        assertThat(verify(changed).findings()).containsExactly("SEQUENCE_BROKEN " + CHAT + ":4");
    }

    @Test
    void missingProofIsFound() throws Exception {
        Path pack = export("--token", CHAT.toString());
        Path changed =
                rewritten(
                        pack,
                        name -> name.endsWith("/3.tlog-proof") ? null : name,
                        "",
                        bytes -> bytes);
        assertThat(verify(changed).findings()).containsExactly("PROOF_INVALID " + CHAT + ":3");
    }

    /** What a pack says of itself is believed only where what is in it agrees. */
    @Test
    void packThatIsSaidToBeOfAnotherTokenIsFound() throws Exception {
        Path pack = export("--token", CHAT.toString());
        Path changed = saidToBeOf(pack, GONE.toString());
        assertThat(verify(changed).findings()).containsExactly("PROOF_INVALID " + CHAT);
    }

    /** A pack of everything that is said to be of a token is not passed over for that. */
    @Test
    void packOfEverythingIsVerifiedWhateverItSays() throws Exception {
        Path changed = saidToBeOf(export("--everything"), GONE.toString());
        assertThat(verify(changed)).isEqualTo(new Verdict(LEDGER.events().size(), Set.of()));
    }

    private static Path saidToBeOf(Path pack, String scope) throws IOException {
        return rewritten(
                pack,
                name -> name,
                PackFiles.MANIFEST,
                bytes -> {
                    Manifest manifest = StrictJson.MAPPER.readValue(bytes, Manifest.class);
                    return StrictJson.MAPPER.writeValueAsBytes(
                            new Manifest(
                                    manifest.format(),
                                    scope,
                                    manifest.partitions(),
                                    manifest.events(),
                                    manifest.size(),
                                    manifest.madeAt()));
                });
    }

    /** The key in the pack is a courtesy: who made the pack could have put in an own one. */
    @Test
    void packOfAnotherLogIsFound() {
        Path pack = export("--token", CHAT.toString());
        SigningKey other = SampleSeals.newKey();
        assertThat(verifyWith(pack, "--key", other.verifier().toString()).findings())
                .containsExactly("CHECKPOINT_SIGNATURE checkpoint");
    }

    /** A pack shows that its log continues the checkpoint an auditor has kept. */
    @Test
    void packContinuesAKeptCheckpoint() throws Exception {
        String kept = keep("kept", SEALS.checkpointList().get(1));
        Path pack = export("--token", CHAT.toString(), "--kept", kept);
        assertThat(verify(pack, "--checkpoint", kept).findings()).isEmpty();
        assertThat(verify(export("--everything"), "--checkpoint", kept).findings()).isEmpty();
        String latest = keep("latest", SEALS.checkpointList().getLast());
        assertThat(verify(pack, "--checkpoint", latest).findings()).isEmpty();
    }

    /** The log was rewritten and signed again with its key, before the pack was made. */
    @Test
    void packOfARewrittenLogIsFoundByAKeptCheckpoint() throws Exception {
        SampleSeals other =
                SampleSeals.of(LEDGER.withPayload(CHAT, 0, new TokenRenamed("forged")), KEY);
        SealedCheckpoint before = other.checkpointList().get(1);
        assertThat(before.root()).isNotEqualTo(SEALS.checkpointList().get(1).root());
        // What was kept is of the log before the rewriting; the pack is of the one after it.
        String kept = keep("before", before);
        String where = "CHECKPOINT_INCONSISTENT " + before.size();
        Path everything = export("--everything");
        assertThat(verify(everything, "--checkpoint", kept).findings()).containsExactly(where);
        Path token = export("--token", CHAT.toString(), "--kept", kept);
        assertThat(verify(token, "--checkpoint", kept).findings()).containsExactly(where);
    }

    /** What was proved is added up. */
    @Test
    void booksOfAPackAreTold() {
        StringWriter answer = new StringWriter();
        Path pack = export("--account", ACCOUNT.toString());
        int exit = verify(pack, answer, new StringWriter(), "--key", KEY.verifier().toString());
        JsonNode books = StrictJson.MAPPER.readTree(answer.toString()).get("books");
        assertThat(exit).isZero();
        assertThat(books.get("tokens").asLong()).isEqualTo(2);
        assertThat(books.get("accounts").asLong()).isEqualTo(1);
        assertThat(books.get("credited").asLong()).isEqualTo(5_000_001);
        assertThat(books.get("consumed").asLong()).isEqualTo(1_100);
    }

    /** An older checkpoint proves what was before it, and says what it cannot. */
    @Test
    void packRestsOnTheCheckpointThatIsGiven() throws Exception {
        SealedCheckpoint first = SEALS.checkpointOf(RENAMED);
        Path pack = export("--token", CHAT.toString(), "--on", keep("on", first));
        Verdict verdict = verify(pack);
        assertThat(verdict.findings()).isEmpty();
        try (Evidence evidence = Evidence.open(pack)) {
            assertThat(evidence.manifest().size()).isEqualTo(first.size());
            assertThat(verdict.events()).isEqualTo(evidence.manifest().events()).isGreaterThan(0);
        }
    }

    record Verdict(long events, Set<String> findings) {}

    private static Path export(String... scope) {
        Path pack = files.resolve("pack-" + System.nanoTime() + ".zip");
        List<String> arguments = new ArrayList<>(List.of("export", pack.toString()));
        arguments.addAll(List.of(scope));
        StringWriter output = new StringWriter();
        PrintWriter out = new PrintWriter(output);
        int exit =
                Auditor.commandLine(environment, out, out)
                        .execute(arguments.toArray(String[]::new));
        assertThat(exit).as(output.toString()).isZero();
        return pack;
    }

    private static Verdict verify(Path pack, String... more) {
        List<String> arguments = new ArrayList<>(List.of(more));
        arguments.addAll(List.of("--key", KEY.verifier().toString()));
        return verifyWith(pack, arguments.toArray(String[]::new));
    }

    /** Without any address in its environment. */
    private static Verdict verifyWith(Path pack, String... more) {
        StringWriter answer = new StringWriter();
        StringWriter errors = new StringWriter();
        int exit = verify(pack, answer, errors, more);
        assertThat(errors.toString()).isEmpty();
        JsonNode json = StrictJson.MAPPER.readTree(answer.toString());
        Set<String> findings = new TreeSet<>();
        json.get("findings")
                .forEach(each ->
                        findings.add(
                                each.get("kind").asString() + " " + each.get("where").asString()));
        assertThat(exit).isEqualTo(findings.isEmpty() ? 0 : 1);
        return new Verdict(json.get("events").asLong(), findings);
    }

    /** Whether something is wrong with the pack, or it cannot even be read. */
    private static boolean found(Path pack) {
        StringWriter errors = new StringWriter();
        int exit = verify(pack, new StringWriter(), errors, "--key", KEY.verifier().toString());
        assertThat(errors.toString()).doesNotContain("\tat ");
        return exit == 1 || exit == 3;
    }

    private static int verify(Path pack, StringWriter answer, StringWriter errors, String... more) {
        List<String> arguments =
                new ArrayList<>(List.of("verify-export", "--json", pack.toString()));
        arguments.addAll(List.of(more));
        return Auditor.commandLine(Map.of(), new PrintWriter(answer), new PrintWriter(errors))
                .execute(arguments.toArray(String[]::new));
    }

    private static String keep(String name, SealedCheckpoint checkpoint) throws IOException {
        Path file = files.resolve(name);
        Files.writeString(file, checkpoint.note());
        return file.toString();
    }

    private static List<String> names(Path pack) throws IOException {
        try (ZipFile zip = new ZipFile(pack.toFile())) {
            return zip.stream().map(ZipEntry::getName).toList();
        }
    }

    private static byte[] bytes(Path pack, String name) throws IOException {
        try (ZipFile zip = new ZipFile(pack.toFile())) {
            return zip.getInputStream(zip.getEntry(name)).readAllBytes();
        }
    }

    /** A pack put together anew, as a forger would: the archive itself is in order. */
    private static Path rewritten(
            Path pack,
            Function<String, @Nullable String> names,
            String file,
            UnaryOperator<byte[]> change)
            throws IOException {
        Path other = files.resolve("rewritten.zip");
        try (ZipFile zip = new ZipFile(pack.toFile());
                ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(other))) {
            for (Enumeration<? extends ZipEntry> each = zip.entries(); each.hasMoreElements(); ) {
                ZipEntry entry = each.nextElement();
                String name = names.apply(entry.getName());
                if (name != null) {
                    byte[] bytes = zip.getInputStream(entry).readAllBytes();
                    PackWriter.put(out, name, name.equals(file) ? change.apply(bytes) : bytes);
                }
            }
        }
        return other;
    }
}
