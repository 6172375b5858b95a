package com.tokaify.ledger.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretFileTest {
    @TempDir private Path folder;

    /** A secret is made once, is not guessable from another, and is its owner's alone. */
    @Test
    void makesASecretOnceForItsOwnerOnly() throws Exception {
        Path file = folder.resolve("password");
        String password = SecretFile.password(file);

        assertThat(password).hasSize(32).matches("[A-Za-z0-9_-]+");
        assertThat(SecretFile.password(file)).isEqualTo(password);
        assertThat(SecretFile.password(folder.resolve("other"))).isNotEqualTo(password);
        assertThat(Files.getPosixFilePermissions(file))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    /** The pepper is raw bytes and never replaced. */
    @Test
    void keepsTheBytesItMade() throws Exception {
        Path file = folder.resolve("pepper");
        SecretFile.ensureBytes(file, 32);
        byte[] bytes = Files.readAllBytes(file);
        SecretFile.ensureBytes(file, 32);
        assertThat(Files.readAllBytes(file)).hasSize(32).isEqualTo(bytes);
        assertThat(bytes).isNotEqualTo(new byte[32]);
    }

    /** A password others may read is not used: whoever made it so learns it at the next start. */
    @Test
    void refusesAPasswordOthersMayRead() throws Exception {
        Path file = folder.resolve("password");
        SecretFile.password(file);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThatThrownBy(() -> SecretFile.password(file)).hasMessageContaining("0600");
    }
}
