package com.tokaify.ledger.enforcement.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tokaify.ledger.enforcement.TestLedger;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotFolderTest {
    private static final int PARTITIONS = 4;
    private static final List<Anchor> ANCHORS =
            List.of(
                    new Anchor(7, TestLedger.token(1) + ":3"),
                    Anchor.NONE,
                    new Anchor(0, "catalog:0"),
                    new Anchor(1L << 40, TestLedger.account(2) + ":9"));

    private final LocalView view = new LocalView(PARTITIONS);

    @TempDir private Path folder;
    private SnapshotFolder snapshots;

    @BeforeEach
    void aViewOfSomeHistory() {
        new RandomHistory(4711, PARTITIONS, 600).events().forEach(view::apply);
        snapshots = new SnapshotFolder(folder.resolve("view"));
    }

    /** What was written comes back: positions, and where in Kafka they were. */
    @Test
    void aSnapshotIsWhatTheViewWas() throws Exception {
        snapshots.write(view.cut(), ANCHORS);

        ViewSnapshot snapshot = snapshots.newest(PARTITIONS).orElseThrow();
        LocalView restored = new LocalView(PARTITIONS);
        restored.restore(snapshot);
        assertThat(snapshot.anchors()).isEqualTo(ANCHORS);
        assertThat(restored.tokens()).isEqualTo(view.tokens()).isPositive();
        assertThat(restored.accounts()).isEqualTo(view.accounts());
        assertThat(restored.partitions().mapToObj(restored::position))
                .containsExactlyElementsOf(view.partitions().mapToObj(view::position).toList());
        for (int i = 0; i < RandomHistory.TOKENS; i++) {
            TokenEntry before = view.find(TestLedger.token(i)).orElseThrow();
            TokenEntry after = restored.find(TestLedger.token(i)).orElseThrow();
            assertThat(after.state()).isEqualTo(before.state());
            assertThat(after.partition()).isEqualTo(before.partition());
            assertThat(after.account().id()).isEqualTo(before.account().id());
            assertThat(after.account().state()).isEqualTo(before.account().state());
        }
    }

    /** Whichever byte has changed on the disk, nothing of the file is believed. */
    @Test
    void aSnapshotWithAnyByteChangedIsRefused() throws Exception {
        Path file = snapshots.write(view.cut(), ANCHORS);
        byte[] whole = Files.readAllBytes(file);
        for (int at = 0; at < whole.length; at++) {
            byte[] damaged = whole.clone();
            damaged[at] ^= (byte) (1 << (at % Byte.SIZE));
            assertRefused(damaged, "byte " + at);
        }
    }

    /** A file that was cut off anywhere, or goes on behind its end, is refused. */
    @Test
    void aSnapshotOfAnotherLengthIsRefused() throws Exception {
        Path file = snapshots.write(view.cut(), ANCHORS);
        byte[] whole = Files.readAllBytes(file);
        for (int length = 0; length < whole.length; length++) {
            assertRefused(Arrays.copyOf(whole, length), length + " bytes");
        }
        assertRefused(Arrays.copyOf(whole, whole.length + 1), "a byte more");
        assertThat(snapshots.newest(PARTITIONS)).as("the whole").isPresent();
    }

    private static void assertRefused(byte[] file, String what) {
        assertThatThrownBy(() -> SnapshotReader.read(new ByteArrayInputStream(file), PARTITIONS))
                .as(what)
                .isInstanceOf(SnapshotRefused.class);
    }

    /** A ledger with another number of partitions is another ledger. */
    @Test
    void aSnapshotOfAnotherNumberOfPartitionsIsRefused() throws Exception {
        snapshots.write(view.cut(), ANCHORS);
        assertThat(snapshots.newest(PARTITIONS + 1)).isEmpty();
    }

    /** Should the newest be damaged, the one before is there; older ones are not kept. */
    @Test
    void theNewestThatIsWholeIsTaken() throws Exception {
        Path oldest = snapshots.write(new LocalView(PARTITIONS).cut(), ANCHORS);
        snapshots.write(view.cut(), ANCHORS);
        Path newest = snapshots.write(new LocalView(PARTITIONS).cut(), ANCHORS);
        assertThat(oldest).doesNotExist();
        assertThat(files()).hasSize(2);
        assertThat(snapshots.newest(PARTITIONS).orElseThrow().tokens()).isZero();

        Files.write(newest, new byte[] {1});
        assertThat(snapshots.newest(PARTITIONS).orElseThrow().tokens()).isEqualTo(view.tokens());
    }

    /** What a kill has left half-written is neither read nor in the way. */
    @Test
    void anUnfinishedFileIsNoSnapshot() throws Exception {
        Path file = snapshots.write(view.cut(), ANCHORS);
        Path unfinished =
                file.resolveSibling(
                        file.getFileName().toString().replace("1.snap", "2.snap") + ".new");
        Files.write(unfinished, new byte[] {1, 2, 3});

        assertThat(snapshots.newest(PARTITIONS)).isPresent();
        snapshots.write(view.cut(), ANCHORS);
        assertThat(unfinished).doesNotExist();
        assertThat(files()).hasSize(2);
    }

    /** Not even lookup keys are anybody's business. */
    @Test
    void onlyTheOwnerMayReadIt() throws Exception {
        Path file = snapshots.write(view.cut(), ANCHORS);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    /** More than one block of everything. */
    @Test
    void aLargeViewComesBackWhole() throws Exception {
        LocalView large = ManyTokens.view(30_000);
        snapshots.write(large.cut(), List.of(Anchor.NONE));

        LocalView restored = new LocalView(1);
        restored.restore(snapshots.newest(1).orElseThrow());
        assertThat(restored.tokens()).isEqualTo(30_000);
        assertThat(
                        IntStream.range(0, 30_000)
                                .filter(i ->
                                        !restored.find(TestLedger.token(i))
                                                .map(TokenEntry::state)
                                                .equals(
                                                        large.find(TestLedger.token(i))
                                                                .map(TokenEntry::state))))
                .isEmpty();
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> found = Files.list(folder.resolve("view"))) {
            return found.toList();
        }
    }
}
