package com.tokaify.ledger.command.vault;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyFileTest {
    private static final byte[] KEY = "an account's key".getBytes(US_ASCII);
    private static final byte[] ACCOUNT = "acc_1".getBytes(US_ASCII);

    @TempDir private Path folder;
    private Path file;
    private KeyFile keys;

    @BeforeEach
    void begin() {
        file = folder.resolve("vault-key");
        keys = new KeyFile(file, () -> true);
    }

    /** What was wrapped is unwrapped, by another instance too, and looks like nothing before. */
    @Test
    void unwrapsWhatWasWrapped() {
        byte[] wrapped = keys.wrap(KEY, ACCOUNT);

        assertThat(new String(wrapped, US_ASCII)).doesNotContain(new String(KEY, US_ASCII));
        assertThat(keys.unwrap(wrapped, ACCOUNT)).isEqualTo(KEY);
        assertThat(lost().unwrap(wrapped, ACCOUNT)).isEqualTo(KEY);
        assertThat(lost().currentKeyId()).isEqualTo(keys.currentKeyId());
    }

    /** Another instance, which has reason not to make a new file. */
    private KeyFile lost() {
        return new KeyFile(file, () -> false);
    }

    /** A key is one account's: wrapped for another, or changed in one bit, it does not open. */
    @Test
    void bindsTheContext() {
        byte[] wrapped = keys.wrap(KEY, ACCOUNT);
        assertThatIllegalStateException()
                .isThrownBy(() -> keys.unwrap(wrapped, "acc_2".getBytes(US_ASCII)));
        wrapped[wrapped.length - 1] ^= 1;
        assertThatIllegalStateException().isThrownBy(() -> keys.unwrap(wrapped, ACCOUNT));
    }

    /** The file is its owner's alone from the first moment. */
    @Test
    void isMadeForItsOwnerOnly() throws Exception {
        keys.wrap(KEY, ACCOUNT);
        keys.renew();
        assertThat(Files.getPosixFilePermissions(file))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    /** A file others may read or change is no secret, and is not used as one. */
    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rwx------"})
    void refusesLooserPermissions(String mode) throws Exception {
        byte[] wrapped = keys.wrap(KEY, ACCOUNT);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
        assertThatExceptionOfType(VaultUnavailable.class)
                .isThrownBy(() -> lost().unwrap(wrapped, ACCOUNT))
                .withMessageContaining(file.toString())
                .withMessageContaining("0600");
    }

    /** A read-only file, as secrets are often mounted, is a secret all the same. */
    @Test
    void takesAReadOnlyFile() throws Exception {
        byte[] wrapped = keys.wrap(KEY, ACCOUNT);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--------"));
        assertThat(lost().unwrap(wrapped, ACCOUNT)).isEqualTo(KEY);
    }

    /** A file that was needed is never quietly replaced by a new one. */
    @Test
    void doesNotReplaceALostFile() throws Exception {
        byte[] wrapped = keys.wrap(KEY, ACCOUNT);
        Files.delete(file);
        KeyFile lost = lost();
        assertThatExceptionOfType(VaultUnavailable.class)
                .isThrownBy(lost::currentKeyId)
                .withMessage("The vault's key file " + file + " is missing.");
        assertThatExceptionOfType(VaultUnavailable.class).isThrownBy(() -> lost.wrap(KEY, ACCOUNT));
        assertThatExceptionOfType(VaultUnavailable.class)
                .isThrownBy(() -> lost.unwrap(wrapped, ACCOUNT));
        assertThat(file).doesNotExist();
    }

    /** Rubbish in the file is said to be rubbish. */
    @Test
    void refusesWhatIsNoKeyset() throws Exception {
        keys.wrap(KEY, ACCOUNT);
        Files.write(file, new byte[] {1, 2, 3});
        assertThatExceptionOfType(VaultUnavailable.class)
                .isThrownBy(() -> lost().currentKeyId())
                .withMessage("The vault's key file " + file + " holds no keyset.");
    }

    /** Where no file is configured, the message says which variable names it. */
    @Test
    void namesTheVariableWhereNoFileIsNamed() {
        assertThatExceptionOfType(VaultUnavailable.class)
                .isThrownBy(() -> new KeyFile(Path.of(""), () -> true).currentKeyId())
                .withMessageContaining("LEDGER_VAULT_KEY_FILE");
    }

    /** A new key wraps from now on, also for an instance that had read the file before. */
    @Test
    void renewsForAllInstances() {
        KeyFile other = new KeyFile(file, () -> true);
        byte[] before = keys.wrap(KEY, ACCOUNT);
        String first = other.currentKeyId();

        keys.renew();

        assertThat(keys.currentKeyId()).isNotEqualTo(first);
        assertThat(other.unwrap(keys.wrap(KEY, ACCOUNT), ACCOUNT)).isEqualTo(KEY);
        assertThat(other.currentKeyId()).isEqualTo(keys.currentKeyId());
        assertThat(keys.unwrap(before, ACCOUNT)).isEqualTo(KEY);
    }

    /** Of the old keys those are thrown away that nobody needs, and no others. */
    @Test
    void retiresWhatNobodyNeeds() {
        byte[] first = keys.wrap(KEY, ACCOUNT);
        String firstId = keys.currentKeyId();
        keys.renew();
        byte[] second = keys.wrap(KEY, ACCOUNT);
        String secondId = keys.currentKeyId();
        keys.renew();
        byte[] third = keys.wrap(KEY, ACCOUNT);

        keys.retireAllBut(Set.of(secondId));

        assertThat(keys.unwrap(third, ACCOUNT)).isEqualTo(KEY);
        assertThat(lost().unwrap(second, ACCOUNT)).isEqualTo(KEY);
        assertThatExceptionOfType(VaultUnavailable.class)
                .isThrownBy(() -> lost().unwrap(first, ACCOUNT))
                .withMessageContaining("has no key " + firstId);
    }
}
