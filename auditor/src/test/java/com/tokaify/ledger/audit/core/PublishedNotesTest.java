package com.tokaify.ledger.audit.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Notes and keys that others have published: those Go's package note is tested with
 * (golang.org/x/mod/sumdb/note), the example of c2sp.org/signed-note, and checkpoints that logs at
 * work, and a witness, have signed.
 */
class PublishedNotesTest {
    private static final String NEUMANN =
            "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";

    private static final String ROOT =
            "EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop";

    private static final String TEXT =
            """
            If you think cryptography is the answer to your problem,
            then you don't know what your problem is.
            """;

    private static final String BY_NEUMANN =
            "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";

    private static final String BY_ROOT =
            "— EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1RvMc+QQ=\n";

    /** What c2sp.org/signed-note has for an example. */
    @Test
    void noteOfTheSpecificationIsSigned() {
        String key = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";
        String note =
                """
                This is an example message.

                — example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=
                """;
        assertThat(isSigned(key, note)).isTrue();
        assertThat(isSigned(key, note.replace("example message", "example massage"))).isFalse();
    }

    @Test
    void noteOfGoIsSignedByEachOfTwo() {
        String note = TEXT + "\n" + BY_NEUMANN + BY_ROOT;
        assertThat(isSigned(NEUMANN, note)).isTrue();
        assertThat(isSigned(ROOT, note)).isTrue();
        assertThat(isSigned(ROOT, TEXT + "\n" + BY_NEUMANN)).isFalse();
        assertThat(isSigned(NEUMANN, TEXT + "\n" + BY_NEUMANN + BY_NEUMANN + BY_ROOT)).isTrue();
    }

    /** One good signature does not make up for a bad one of the same key. */
    @Test
    void noteWithABadSignatureIsNotSigned() {
        String bad = BY_NEUMANN.substring(0, 60) + "ABCD" + BY_NEUMANN.substring(60);
        assertThat(isSigned(NEUMANN, TEXT + "\n" + bad)).isFalse();
        assertThat(isSigned(NEUMANN, TEXT + "\n" + BY_NEUMANN + bad)).isFalse();
        assertThat(isSigned(NEUMANN, TEXT.replace("answer", "Answer") + "\n" + BY_NEUMANN))
                .isFalse();
        assertThat(isSigned(NEUMANN, "\u0001" + TEXT + "\n" + BY_NEUMANN)).isFalse();
        String renamed = BY_NEUMANN.replace("PeterNeumann", "CarmenSandiego");
        assertThat(isSigned(NEUMANN, TEXT + "\n" + renamed)).isFalse();
        assertThat(isSigned(NEUMANN, TEXT + "\n" + BY_NEUMANN.replace("x08g", "xxxx"))).isFalse();
    }

    @Test
    void whatGoCallsMalformedIsNoNote() {
        assertNoNote(TEXT);
        assertNoNote(TEXT + "\n" + BY_NEUMANN.stripTrailing());
        assertNoNote(TEXT + "\n" + BY_NEUMANN + "Unexpected line.\n");
        assertNoNote(TEXT + "\n" + BY_NEUMANN.replace("PeterNeumann", "Bad Name"));
    }

    private static void assertNoNote(String note) {
        assertThatThrownBy(() -> Note.parse(note)).as(note).isInstanceOf(Malformed.class);
    }

    /** No part of a key is one, and none with a character changed; a wrong id does not pass. */
    @Test
    void mangledKeyIsNoKey() {
        assertThat(VerifierKey.parse(NEUMANN)).hasToString(NEUMANN);
        for (int from = 0; from < NEUMANN.length(); from++) {
            for (int to = from + 1; to <= NEUMANN.length(); to++) {
                if (to - from < NEUMANN.length()) {
                    assertNoKey(NEUMANN.substring(from, to));
                }
            }
            char[] other = NEUMANN.toCharArray();
            other[from]++;
            assertNoKey(new String(other));
        }
        // Of another length, and of a kind nobody knows; with the ids that would be right.
        assertNoKey("PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY==");
        assertNoKey("PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW");
    }

    private static void assertNoKey(String text) {
        assertThatThrownBy(() -> VerifierKey.parse(text)).as(text).isInstanceOf(Malformed.class);
    }

    /** Go's checksum database, which every Go installation trusts by this key. */
    @Test
    void checkpointOfGosChecksumDatabaseIsSigned() {
        String key = "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8";
        String note =
                """
                go.sum database tree
                63096908
                8lHrQPRYe4KT4WQ9/Qk8/taKnD6IRHbFgfN7vQE2Y54=

                — sum.golang.org Az3gri/oVBN1jAhNZ/iS+W31psFAWRT20/GyrhpU6taFwulQGetBkH5S7wpGXdS935jiIGiUUAXBVHzT/P6fYhqAmAk=
                """;
        assertThat(isSigned(key, note)).isTrue();
        assertThat(isSigned(key, note.replace("63096908", "63096907"))).isFalse();
        Checkpoint checkpoint = Checkpoint.parse(Note.parse(note).text());
        assertThat(checkpoint.origin()).isEqualTo("go.sum database tree");
        assertThat(checkpoint.size()).isEqualTo(63_096_908);
    }

    /** A log of certificates, and one of the witnesses that saw it grow, each by its own key. */
    @Test
    void checkpointOfCertificateTransparencyIsSignedAndCosigned() {
        String log =
                "arche2025h1.staging.ct.transparency.dev+ba2f06c0+AU0vHmlGCS/PdN8b2OaGmKprLI8HKM+dJ472xgFYh15f";
        String witness = "remora.n621.de+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2";
        String note =
                """
                arche2025h1.staging.ct.transparency.dev
                1432088532
                U7WM79jrzyhGZ5/GUBTpM7NzwdyfFx61t3RovgcC4Ro=

                — arche2025h1.staging.ct.transparency.dev zTM8sQAAAZ5W0WdjBAMARjBEAiBjW5IQf9pvsYLfQFX6hoGREPMHbdQ3urbllzalApkptQIgIpwtEroeW2BXaHAI4kJXFbon5Ch9MNL5zRNZ55lvGt0=
                — arche2025h1.staging.ct.transparency.dev ui8GwCF1+kWqZrxGdhj4aX3gcw7XUlXQQabg/27lefwhUkzbC3NygNI75MdhL1bfTW9g8Ei59RA23oHP7Ry1k3ZFWwQ=
                — transparency.dev/DEV:witness-little-garden 2AQqhwAAAABqEiEgzgFIqqhbUoDwjMWE6UP8nd8/KYTzwZ2rhIgcqoXHAwVkjZr4AscylP3v7sEodkRAErumC2q44vdgJY096st5BQ==
                — witness1.smartit.nu/witness1 pIyCDwAAAABqEiEghIp82KWebrw7/oHQwlTAm3g2RKS4+eebl8eO0WH+/iEcxZ75W3u5hNI7TOQtmJbqmNWVuE0tgh0XwzdZsDsUAQ==
                — remora.n621.de 2net5wAAAABqEiEgPlfF3V06o0Y+fHM+J5J9s27wgxxcOVSpZ/2g/KSiXCg9DEZI+aVCIobWX9sXTynk5XeU/zZ0WBxtqB0DrAWfBw==
                — witness.stagemole.eu Z/euoAAAAABqEiEgw0i+7g2ENfDAWHmtRzCfKTHSDwYDJA2NmKeGi9Y8FtEyOUvVr+AJmIY/2TUFucgKi7lI7cUiOvKFYe/TmN9DAg==
                """;
        assertThat(isSigned(log, note)).isTrue();
        assertThat(isSigned(witness, note)).isTrue();
        assertThat(isSigned(log, note.replace("1432088532", "1432088533"))).isFalse();
        assertThat(isSigned(witness, note.replace("1432088532", "1432088533"))).isFalse();
        // The time a witness names is signed as well.
        assertThat(isSigned(witness, note.replace("5wAAAABqEiEg", "5wAAAABqEiEh"))).isFalse();
    }

    private static boolean isSigned(String key, String note) {
        return VerifierKey.parse(key).signed(Note.parse(note));
    }

    /** What is no proof of c2sp.org/tlog-proof, however good its checkpoint. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "wrong-header\nindex 0\n",
                "c2sp.org/tlog-proof@v1\nextra !!notbase64!!\nindex 0\n",
                "c2sp.org/tlog-proof@v1\n",
                "c2sp.org/tlog-proof@v1\nindex notanumber\n",
                "c2sp.org/tlog-proof@v1\nindex -5\n",
                "c2sp.org/tlog-proof@v1\nindex 05\n",
                "c2sp.org/tlog-proof@v1\nindex 0\n!!notbase64!!\n",
                "c2sp.org/tlog-proof@v1\nindex 0\nAAAA\n"
            })
    void malformedProofIsNoProof(String head) {
        String note = "\n" + TEXT + "\n" + BY_NEUMANN;
        assertThat(TlogProof.parse("c2sp.org/tlog-proof@v1\nextra Ym9v\nindex 5\n" + note).index())
                .isEqualTo(5);
        assertThatThrownBy(() -> TlogProof.parse(head + note)).isInstanceOf(Malformed.class);
    }
}
