package com.tokaify.ledger.console.issuer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SigningKeysTest {
    private static final Duration LIFE = Duration.ofDays(90);
    private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");

    @TempDir private Path folder;

    private Path file;

    @BeforeEach
    void nameFile() {
        file = folder.resolve("keys");
    }

    private List<String> ids(Instant now) {
        return SigningKeys.in(file, LIFE, now).getKeys().stream().map(JWK::getKeyID).toList();
    }

    /** Made once, for its owner only, and found again with its private half. */
    @Test
    void areMadeOnceAndKept() throws Exception {
        List<String> first = ids(NOW);
        assertThat(first).hasSize(1);
        assertThat(Files.getPosixFilePermissions(file))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(ids(NOW.plus(LIFE).minusSeconds(1))).isEqualTo(first);
        assertThat(JWKSet.parse(Files.readString(file)).getKeys()).allMatch(JWK::isPrivate);
    }

    /** A new key signs once the first is old; those before it are still known, but not for ever. */
    @Test
    void oldOneIsFollowedByANewOne() {
        String first = ids(NOW).getFirst();
        Instant later = NOW.plus(LIFE);
        List<String> second = ids(later);
        assertThat(second).hasSize(2).element(1).isEqualTo(first);
        ids(later.plus(LIFE));
        List<String> fourth = ids(later.plus(LIFE.multipliedBy(2)));
        assertThat(fourth).hasSize(3).doesNotContain(first);
    }

    /** Keys others could read are not used, and what is no key set is not written over. */
    @Test
    void refusesWhatOthersCanReadOrWhatIsNoKeySet() throws Exception {
        ids(NOW);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThatThrownBy(() -> ids(NOW))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("0600");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        Files.writeString(file, "{}");
        assertThatThrownBy(() -> ids(NOW)).isInstanceOf(IllegalStateException.class);
        assertThat(file).hasContent("{}");
    }
}
