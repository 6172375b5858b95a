package com.tokaify.ledger.standalone;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The one-shot service of the compose files that makes what is secret. */
class MakeSecretsTest {
    @TempDir private Path folder;
    private Map<String, String> made;

    @BeforeEach
    void make() throws Exception {
        made = MadeSecrets.in(folder);
    }

    private byte[] bytes(String file) {
        return Base64.getDecoder().decode(Objects.requireNonNull(made.get(file), file));
    }

    /** A second start must lock nobody out of what the first one made. */
    @Test
    void runAgainItChangesNothing() throws Exception {
        assertThat(MadeSecrets.in(folder)).isEqualTo(made);
    }

    /** A start that was cut off is finished by the next, and what was shared stays shared. */
    @Test
    void whatIsMissingIsMade() throws Exception {
        Files.delete(folder.resolve("command/settings/LEDGER_RELAY_PASSWORD"));
        Files.delete(folder.resolve("enforcement/pepper"));
        assertThat(MadeSecrets.in(folder)).isEqualTo(made);
    }

    /** Who shares something has the same, and all else is each one's own and cannot be guessed. */
    @Test
    void sharedSecretsAreEqualAndAllOthersDiffer() {
        assertThat(bytes("command/pepper")).hasSize(32).isEqualTo(bytes("enforcement/pepper"));
        for (String role : new String[] {"OWNER", "WRITER", "RELAY", "VAULT", "SEALER"}) {
            String file = "settings/LEDGER_" + role + "_PASSWORD";
            assertThat(bytes("command/" + file)).isEqualTo(bytes("postgresql/" + file));
        }
        assertThat(bytes("operator/auditor-password"))
                .isEqualTo(bytes("postgresql/settings/LEDGER_AUDITOR_PASSWORD"));
        assertThat(bytes("prometheus/watcher-secret")).isEqualTo(bytes("console/watcher-secret"));
        assertThat(made.entrySet().stream().filter(file -> !file.getKey().endsWith("pepper")))
                .allSatisfy(file ->
                        assertThat(new String(bytes(file.getKey()), US_ASCII))
                                .as(file.getKey())
                                .matches("[A-Za-z0-9_-]{32}|local=[0-9a-f]{64}"));
        // Eight passwords of roles, the pepper and the watcher's secret are there twice.
        assertThat(made.values().stream().distinct()).hasSize(made.size() - 10);
    }

    /** enforcement-service is told the digest of the gateway's key and not the key. */
    @Test
    void theGatewaysKeyIsKnownByItsDigest() throws Exception {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes("operator/gateway-key"));
        assertThat(new String(bytes("enforcement/settings/LEDGER_GATEWAY_KEYS"), US_ASCII))
                .isEqualTo("local=" + HexFormat.of().formatHex(digest));
    }

    /** Nobody but their owners reads them. */
    @Test
    void filesAreClosedToOthers() throws Exception {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : (Iterable<Path>) all.filter(Files::isRegularFile)::iterator) {
                assertThat(Files.getPosixFilePermissions(file))
                        .as(file.toString())
                        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
            }
        }
    }
}
