package com.tokaify.ledger.command.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tokaify.ledger.seals.SignerKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The key that signs history is made once, kept by its owner, and never replaced in silence. */
class SealKeyFileTest {
    @TempDir private Path folder;

    private SealKeyFile file(String origin) {
        return new SealKeyFile(
                origin, folder.resolve("seal-key"), folder.resolve("seal-verifier-key"));
    }

    /** Made while nothing is sealed, for its owner only; the other half is for everybody. */
    @Test
    void keyIsMadeOnceAndOnlyItsOwnerMayUseIt() throws Exception {
        SignerKey made = file("log.example").read(true);
        assertThat(file("log.example").read(false).secretText()).isEqualTo(made.secretText());
        assertThat(file("log.example").read(true).secretText()).isEqualTo(made.secretText());
        assertThat(mode("seal-key")).isEqualTo("rw-------");
        assertThat(folder.resolve("seal-verifier-key")).doesNotExist();
        file("log.example").tell(made.verifier());
        assertThat(mode("seal-verifier-key")).isEqualTo("rw-r--r--");
        assertThat(folder.resolve("seal-verifier-key")).hasContent(made.verifier().toString());
        Files.writeString(folder.resolve("seal-verifier-key"), "another\n");
        file("log.example").tell(made.verifier());
        assertThat(folder.resolve("seal-verifier-key")).hasContent(made.verifier().toString());
    }

    /** A log that is not empty does not get another key, whatever became of its own. */
    @Test
    void keyThatIsLostIsNotReplaced() {
        assertThatThrownBy(() -> file("log.example").read(false))
                .isInstanceOf(NoSealKey.class)
                .hasMessageContaining("is missing");
        assertThat(folder).isEmptyDirectory();
    }

    /** Another log's key, somebody else's eyes, or no key at all: refused with what to do. */
    @Test
    void whatIsNotThisLogsKeyIsRefused() throws Exception {
        file("log.example").read(true);
        assertThatThrownBy(() -> file("other.example").read(false))
                .isInstanceOf(NoSealKey.class)
                .hasMessageContaining("log.example");
        Files.setPosixFilePermissions(
                folder.resolve("seal-key"), PosixFilePermissions.fromString("rw-r-----"));
        assertThatThrownBy(() -> file("log.example").read(false))
                .isInstanceOf(NoSealKey.class)
                .hasMessageContaining("0600");
        Files.setPosixFilePermissions(
                folder.resolve("seal-key"), PosixFilePermissions.fromString("rw-------"));
        Files.writeString(folder.resolve("seal-key"), "nonsense\n");
        assertThatThrownBy(() -> file("log.example").read(true))
                .isInstanceOf(NoSealKey.class)
                .hasMessageContaining("holds no key");
        SealKeyFile unnamed = new SealKeyFile("log.example", Path.of(""), Path.of(""));
        assertThatThrownBy(() -> unnamed.read(true))
                .isInstanceOf(NoSealKey.class)
                .hasMessageContaining("LEDGER_SEAL_KEY_FILE");
    }

    private String mode(String name) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(name)));
    }
}
