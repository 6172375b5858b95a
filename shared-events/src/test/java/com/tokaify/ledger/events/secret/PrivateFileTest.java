package com.tokaify.ledger.events.secret;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrivateFileTest {
    private static final byte[] SECRET = "a secret".getBytes(US_ASCII);

    @TempDir private Path folder;
    private Path file;

    @BeforeEach
    void nameFile() {
        file = folder.resolve("key");
    }

    private void set(Path which, String mode) throws Exception {
        Files.setPosixFilePermissions(which, PosixFilePermissions.fromString(mode));
    }

    /** Only its owner's, and nothing lies beside it. */
    @Test
    void isItsOwnersAlone() throws Exception {
        PrivateFile.write(file, SECRET);

        assertThat(PrivateFile.read(file)).isEqualTo(SECRET);
        assertThat(Files.getPosixFilePermissions(file))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    /**
     * What a crash, or somebody who waits for it, has left under the name it is written by, is not
     * written into: its mode would be the file's.
     */
    @Test
    void takesNothingOverFromWhatLayThere() throws Exception {
        Path unfinished = folder.resolve("key.new");
        Files.writeString(unfinished, "left by a crash, and longer than what is written");
        set(unfinished, "rw-rw-rw-");
        Files.writeString(file, "old");
        set(file, "rw-r--r--");

        PrivateFile.write(file, SECRET);

        assertThat(PrivateFile.read(file)).isEqualTo(SECRET);
        assertThat(unfinished).doesNotExist();
    }

    /** What others may read, change or even run is no secret. */
    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rw-----w-", "rwx------"})
    void refusesLooserPermissions(String mode) throws Exception {
        PrivateFile.write(file, SECRET);
        set(file, mode);
        assertThatExceptionOfType(PrivateFile.NotPrivate.class)
                .isThrownBy(() -> PrivateFile.read(file))
                .withMessageContaining(file.toString())
                .withMessageContaining("0600");
    }

    /** A read-only file, as secrets are often mounted, is a secret all the same. */
    @Test
    void takesAReadOnlyFile() throws Exception {
        PrivateFile.write(file, SECRET);
        set(file, "r--------");
        assertThat(PrivateFile.read(file)).isEqualTo(SECRET);
    }

    /** Missing is something else than unusable: the one may be made. */
    @Test
    void saysThatItIsMissing() {
        assertThatExceptionOfType(NoSuchFileException.class)
                .isThrownBy(() -> PrivateFile.read(file));
    }
}
