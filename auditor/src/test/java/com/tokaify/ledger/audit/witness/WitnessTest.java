package com.tokaify.ledger.audit.witness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tokaify.ledger.audit.Auditor;
import com.tokaify.ledger.audit.core.Checkpoint;
import com.tokaify.ledger.audit.core.Note;
import com.tokaify.ledger.audit.core.VerifierKey;
import com.tokaify.ledger.audit.source.SourceFailed;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A witness follows a log that only grows, and refuses every other, with what proves it. */
class WitnessTest {
    private static final SigningKey KEY =
            SigningKey.generate("tokaify.ledger", VerifierKey.Use.NOTE);
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final List<byte[]> LEAVES = PublishedSample.leaves(70_000, 70_000, "");

    @TempDir private Path folder;

    private PublishedSample published;
    private PublishedLog log;
    private WitnessStore store;
    private Instant now = Instant.parse("2026-11-30T08:00:00Z");

    @BeforeEach
    void publish() throws IOException {
        published = new PublishedSample(KEY);
        log = new PublishedLog(published.address());
        store = WitnessStore.at(folder);
    }

    @AfterEach
    void end() {
        log.close();
        published.close();
    }

    private Witness witness() {
        return new Witness(
                log, KEY.verifier(), store, store.ownKey("auditor"), () -> now, PATIENCE);
    }

    /** Across edges of tiles on every level, by proofs made from the tiles that are published. */
    @ParameterizedTest
    @CsvSource({
        "1, 2",
        "1, 300",
        "3, 7",
        "255, 256",
        "255, 257",
        "256, 257",
        "256, 512",
        "300, 1000",
        "511, 65536",
        "65535, 65537",
        "65536, 69999",
        "40000, 70000"
    })
    void growingLogIsFollowed(int before, int after) {
        Witness witness = witness();
        published.show(LEAVES, before);
        assertThat(witness.look()).isEqualTo(new Seen.First(before));
        published.show(LEAVES, after);
        assertThat(witness.look()).isEqualTo(new Seen.Continued(before, after));
        assertThat(witness.look()).isEqualTo(new Seen.Unchanged(after));
        assertThat(kept().size()).isEqualTo(after);
    }

    /** One leaf is another, before the end of what was kept: the very rewriting seals are for. */
    @ParameterizedTest
    @CsvSource({
        "1, 2, 0",
        "3, 7, 2",
        "256, 257, 0",
        "300, 1000, 299",
        "300, 300, 17",
        "65537, 70000, 65536",
        "40000, 70000, 12345"
    })
    void rewrittenLogIsRefused(int before, int after, int changed) throws IOException {
        Witness witness = witness();
        Note first = published.show(LEAVES, before);
        witness.look();
        Note second = published.show(PublishedSample.leaves(after, changed, "other "), after);
        assertThat(witness.look()).isInstanceOf(Seen.Refused.class);
        assertThat(kept().size()).isEqualTo(before);
        try (var evidence = Files.list(folder)) {
            Path refused =
                    evidence.filter(each -> each.getFileName().toString().startsWith("refused-"))
                            .findFirst()
                            .orElseThrow();
            Note mine = Note.parse(Files.readString(refused.resolve("kept")));
            assertThat(mine.text()).isEqualTo(first.text());
            assertThat(refused.resolve("seen")).hasContent(second.toString());
        }
    }

    /** What comes after what was kept may be anything: nobody has seen it yet. */
    @Test
    void whatIsNewMayBeAnything() {
        Witness witness = witness();
        published.show(LEAVES, 300);
        witness.look();
        published.show(PublishedSample.leaves(1000, 300, "other "), 1000);
        assertThat(witness.look()).isEqualTo(new Seen.Continued(300, 1000));
    }

    /** One that answers may be behind another; a log that stays shorter was cut. */
    @Test
    void shorterLogIsRefusedAfterAWhile() {
        Witness witness = witness();
        published.show(LEAVES, 300);
        witness.look();
        published.show(LEAVES, 299);
        assertThat(witness.look()).isEqualTo(new Seen.Behind(300, 299));
        now = now.plus(PATIENCE).minusMillis(1);
        assertThat(witness.look()).isEqualTo(new Seen.Behind(300, 299));
        now = now.plusMillis(1);
        assertThat(witness.look()).isInstanceOf(Seen.Refused.class);
    }

    @Test
    void checkpointOfAnotherKeyIsRefused() {
        SigningKey other = SigningKey.generate("tokaify.ledger", VerifierKey.Use.NOTE);
        published.show(LEAVES, 3, other);
        assertThat(witness().look()).isInstanceOf(Seen.Refused.class);
        assertThat(store.checkpoint()).isEmpty();
    }

    /** Not to be reached is no crime. */
    @Test
    void logThatCannotBeReachedIsNotRefused() {
        published.showNothing();
        Witness witness = witness();
        assertThatThrownBy(witness::look)
                .isInstanceOf(SourceFailed.class)
                .hasMessageContaining("404");
    }

    /** The cosignature says when, over the very text the log has signed. */
    @Test
    void keptCheckpointIsCosigned() {
        published.show(LEAVES, 3);
        witness().look();
        Note kept = Note.parse(store.checkpoint().orElseThrow());
        assertThat(KEY.verifier().signed(kept)).isTrue();
        assertThat(store.ownKey("auditor").verifier().signed(kept)).isTrue();
        assertThat(kept.signatures()).hasSize(2);
    }

    /** The witness's key is made once, is the same afterwards, and nobody else's to read. */
    @Test
    void ownKeyIsKept() throws IOException {
        SigningKey first = store.ownKey("auditor");
        assertThat(store.ownKey("another name").verifier()).isEqualTo(first.verifier());
        assertThat(Files.getPosixFilePermissions(folder.resolve("witness-key")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(first.toString()).contains("[hidden]");
    }

    /** As an auditor runs it from a cron: 0 while all is well, 1 where history was rewritten. */
    @Test
    void commandTellsByItsExitCode() {
        published.show(LEAVES, 300);
        assertThat(run("--key", KEY.verifier().toString())).isZero();
        published.show(LEAVES, 1000);
        assertThat(run()).isZero();
        published.show(PublishedSample.leaves(2000, 17, "other "), 2000);
        assertThat(run()).isEqualTo(1);
        // The key was believed at the first start, and no other is afterwards.
        SigningKey other = SigningKey.generate("tokaify.ledger", VerifierKey.Use.NOTE);
        assertThat(run("--key", other.verifier().toString())).isEqualTo(3);
        published.showNothing();
        assertThat(run()).isEqualTo(3);
    }

    private int run(String... more) {
        StringWriter output = new StringWriter();
        PrintWriter out = new PrintWriter(output);
        List<String> arguments =
                new ArrayList<>(List.of("witness", "--once", "--store", folder.toString()));
        arguments.addAll(List.of("--url", published.address().toString()));
        arguments.addAll(List.of(more));
        return Auditor.commandLine(Map.of(), out, out).execute(arguments.toArray(String[]::new));
    }

    private Checkpoint kept() {
        return Checkpoint.parse(Note.parse(store.checkpoint().orElseThrow()).text());
    }
}
