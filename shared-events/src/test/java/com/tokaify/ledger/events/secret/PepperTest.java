package com.tokaify.ledger.events.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PepperTest {
    private static final TokenSecret SECRET =
            TokenSecret.parse("sk-tkf0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabc1XFe8s").orElseThrow();

    @TempDir private Path folder;

    /**
     * The hash is the one OpenSSL computes, so that an auditor can:
     *
     * <pre>{@code
     * printf %s tkf0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabc1XFe8s | openssl dgst -sha256 -binary |
     *   openssl dgst -sha256 -mac HMAC -macopt hexkey:000102…1e1f -binary | basenc --base64url
     * }</pre>
     */
    @Test
    void hashIsThatOfOpenSsl() throws Exception {
        Pepper pepper = pepper("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");

        assertThat(pepper.hash(SECRET)).hasToString("MRAtFtu-WDZhmvuF3iTKrSB_odb2FmdTpaSdnfgBuwQ");
    }

    /** A secret of which only the digest is known is found by the same hash. */
    @Test
    void hashOfTheDigestIsThatOfTheSecret() throws Exception {
        Pepper pepper = pepper("07".repeat(32));
        // printf %s tkf0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabc1XFe8s | sha256sum
        String digest = "104f9f205ecf119b82b0992f51a2bbe2c4e93f4ea6875995f045735fb7445984";

        assertThat(pepper.hash(SecretDigest.parse("f", digest))).isEqualTo(pepper.hash(SECRET));
    }

    /** A digest of another length or alphabet is refused by name. */
    @ParameterizedTest
    @ValueSource(strings = {"", "00", "zz"})
    void textThatIsNoDigestIsRefused(String text) {
        assertThatThrownBy(() -> SecretDigest.parse("sha256", text))
                .hasMessage("sha256 must be SHA-256 in 64 hexadecimal digits");
    }

    /** A secret has one hash under a pepper, and another under every other. */
    @Test
    void hashDependsOnThePepper() throws Exception {
        Pepper one = pepper("00".repeat(32));
        Pepper other = pepper("00".repeat(31) + "01");

        assertThat(one.hash(SECRET)).isEqualTo(one.hash(SECRET));
        assertThat(one.hash(SECRET)).isNotEqualTo(other.hash(SECRET));
    }

    /** Each purpose has a key of its own, the same wherever the pepper is; no label is a digest. */
    @Test
    void derivedKeysAreApart() throws Exception {
        Pepper pepper = pepper("00".repeat(32));

        assertThat(pepper.derivedKey("one")).isEqualTo(pepper("00".repeat(32)).derivedKey("one"));
        assertThat(pepper.derivedKey("one")).isNotEqualTo(pepper.derivedKey("two"));
        assertThat(pepper.derivedKey("one"))
                .isNotEqualTo(pepper("00".repeat(31) + "01").derivedKey("one"));
        assertThatThrownBy(() -> pepper.derivedKey("x".repeat(32)))
                .hasMessage("a label must not be as long as a digest");
    }

    /** A cut or a doubled pepper would make every secret unknown: it is refused at start. */
    @ParameterizedTest
    @ValueSource(ints = {0, 31, 33, 64})
    void fileOfAnotherLengthIsRefused(int length) {
        assertThatThrownBy(() -> pepper("00".repeat(length)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("pepper")
                .hasMessageContaining("exactly 32 bytes, but has " + length);
    }

    /** A missing pepper is named by its file. */
    @Test
    void missingFileIsNamed() {
        assertThatThrownBy(() -> Pepper.read(folder.resolve("missing")))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("missing");
    }

    /** A pepper that gets into a log by mistake shows nothing. */
    @Test
    void textOfTheObjectHidesThePepper() throws Exception {
        assertThat(pepper("00".repeat(32)).toString()).isEqualTo("[hidden]");
    }

    private Pepper pepper(String hex) throws IOException {
        Path file = folder.resolve("pepper");
        Files.write(file, HexFormat.of().parseHex(hex));
        return Pepper.read(file);
    }
}
