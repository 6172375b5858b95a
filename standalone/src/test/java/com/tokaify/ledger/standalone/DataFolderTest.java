package com.tokaify.ledger.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {
    @TempDir private Path temporary;

    /** A folder with anything else in it is never touched, with --fresh or without. */
    @Test
    void refusesAFolderThatIsNotALedgers() throws Exception {
        Path precious = Files.writeString(temporary.resolve("thesis.txt"), "years of work");

        assertThatThrownBy(() -> DataFolder.take(temporary))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("holds something else than a ledger");

        assertThat(temporary.toFile().list()).containsExactly("thesis.txt");
        assertThat(precious).hasContent("years of work");
    }

    /** A new and an empty folder become a ledger's. */
    @Test
    void takesANewOrEmptyFolderAndKnowsItAgain() throws Exception {
        for (Path root : new Path[] {temporary.resolve("new/deeper"), temporary.resolve("empty")}) {
            if (root.endsWith("empty")) {
                Files.createDirectory(root);
            }
            DataFolder.take(root).close();
            Files.writeString(root.resolve("kept"), "data");
            try (DataFolder again = DataFolder.take(root)) {
                assertThat(again.open().root()).isEqualTo(root);
            }
        }
    }

    /** One holder at a time; whoever comes second is told in one line, and may later. */
    @Test
    void isHeldByOneAtATime() throws Exception {
        try (DataFolder held = DataFolder.take(temporary)) {
            assertThat(held.open().root()).isEqualTo(temporary);
            assertThatThrownBy(() -> DataFolder.take(temporary))
                    .isInstanceOf(Refusal.class)
                    .hasMessage(
                            temporary
                                    + " is in use: a ledger runs on it already, process "
                                    + ProcessHandle.current().pid());
        }
        DataFolder.take(temporary).close();
    }

    /** Fresh means empty: nothing of the old ledger stays, and the folder stays a ledger's. */
    @Test
    void wipesEverythingButTheMark() throws Exception {
        try (DataFolder folder = DataFolder.take(temporary)) {
            Files.createDirectories(temporary.resolve("postgresql/base"));
            Files.writeString(temporary.resolve("postgresql/base/1"), "row");
            Path outside = Files.createTempFile("outside", ".txt");
            Files.createSymbolicLink(temporary.resolve("link"), outside);

            folder.wipe();

            assertThat(temporary.toFile().list())
                    .containsExactlyInAnyOrder("tokaify-ledger", "lock");
            assertThat(outside).as("behind a link").exists();
            Files.delete(outside);
        }
        DataFolder.take(temporary).close();
    }
}
