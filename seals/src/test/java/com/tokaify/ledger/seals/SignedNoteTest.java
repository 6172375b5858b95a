package com.tokaify.ledger.seals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Notes are those everybody else signs and verifies. */
class SignedNoteTest {
    /** The example of Go's package note, which the format comes from. */
    private static final String PUBLISHED_VERIFIER =
            "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";

    private static final String PUBLISHED_SIGNER =
            "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
    private static final String PUBLISHED_TEXT =
            """
            If you think cryptography is the answer to your problem,
            then you don't know what your problem is.
            """;
    private static final String PUBLISHED_NOTE =
            PUBLISHED_TEXT
                    + """

                    — PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=
                    """;

    /** A published note is made by its published key, to the byte, and verified by the other. */
    @Test
    void publishedNoteComesOutAndIsVerified() {
        SignerKey signer = SignerKey.parse(PUBLISHED_SIGNER + "\n" + PUBLISHED_VERIFIER + "\n");
        assertThat(signer.sign(PUBLISHED_TEXT)).hasToString(PUBLISHED_NOTE);
        SignedNote note = SignedNote.parse(PUBLISHED_NOTE);
        assertThat(note.text()).isEqualTo(PUBLISHED_TEXT);
        assertThat(note).hasToString(PUBLISHED_NOTE);
        assertThat(VerifierKey.parse(PUBLISHED_VERIFIER).verifies(note)).isTrue();
        assertThat(VerifierKey.parse(PUBLISHED_VERIFIER)).hasToString(PUBLISHED_VERIFIER);
    }

    /** A word changed, a signature changed, another key of the same name: none is verified. */
    @Test
    void changedNoteIsNotVerified() {
        VerifierKey key = VerifierKey.parse(PUBLISHED_VERIFIER);
        assertThat(key.verifies(SignedNote.parse(PUBLISHED_NOTE.replace("answer", "anszer"))))
                .isFalse();
        assertThat(key.verifies(SignedNote.parse(PUBLISHED_NOTE.replace("ZJkuBS", "ZJkuBT"))))
                .isFalse();
        SignerKey other = SignerKey.generate("PeterNeumann");
        assertThat(key.verifies(other.sign(PUBLISHED_TEXT))).isFalse();
        assertThat(other.verifier().verifies(other.sign(PUBLISHED_TEXT))).isTrue();
    }

    /** The contract's checkpoints are signed alike, and a witness's line below changes nothing. */
    @Test
    void checkpointsOfTheContractComeOut() {
        SignerKey signer = Vectors.signer();
        for (JsonNode each : Vectors.at("checkpoints")) {
            long size = each.path("size").asLong();
            Hash root = Vectors.hashes(Vectors.at("roots")).get((int) size);
            Checkpoint checkpoint = new Checkpoint(Vectors.text("origin"), size, root);
            assertThat(signer.sign(checkpoint.text())).hasToString(each.path("note").asString());
            assertThat(Checkpoint.parse(checkpoint.text())).isEqualTo(checkpoint);
        }
        SignedNote cosigned = SignedNote.parse(Vectors.text("cosigned"));
        assertThat(cosigned.signatures()).hasSize(2);
        assertThat(signer.verifier().verifies(cosigned)).isTrue();
    }

    /** So is a proof for who has no connection. */
    @Test
    void proofOfTheContractComesOut() {
        JsonNode proof = Vectors.at("tlogProof");
        long leaf = proof.path("leaf").asLong();
        Tree tree = new Tree(proof.path("size").asLong(), NaiveTree.nodes(Vectors.leaves()));
        assertThat(new TlogProof(leaf, tree.inclusion(leaf), Vectors.text("checkpoint")).text())
                .isEqualTo(proof.path("text").asString());
    }

    /** A key file is read as it was written, and shows nothing where it should not. */
    @Test
    void keyComesBackFromItsText() {
        SignerKey made = SignerKey.generate("tokaify.ledger");
        SignerKey read = SignerKey.parse(made.secretText());
        assertThat(read.secretText()).isEqualTo(made.secretText());
        assertThat(made.verifier().verifies(read.sign("text\n"))).isTrue();
        assertThat(made).hasToString("[hidden]");
    }

    /** The two lines of a key file belong to each other, or it is none. */
    @Test
    void halvesOfTwoKeysAreNoKey() {
        String[] one = SignerKey.generate("a").secretText().split("\n", -1);
        String[] other = SignerKey.generate("a").secretText().split("\n", -1);
        assertThatThrownBy(() -> SignerKey.parse(one[0] + "\n" + other[1] + "\n"))
                .isInstanceOf(IllegalArgumentException.class);
        String id = other[1].split("\\+", -1)[1];
        String forged = one[0].replaceFirst("\\+[0-9a-f]{8}\\+", "+" + id + "+");
        assertThatThrownBy(() -> SignerKey.parse(forged + "\n" + other[1] + "\n"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not the verifier key's");
    }

    /** What is no verifier key is refused and not half understood. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "PeterNeumann",
                "PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
                "Peter Neumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
                "PeterNeumann+c74f20a3+BBpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
                "PeterNeumann+c74f20a3+ARpc"
            })
    void whatIsNoVerifierKeyIsRefused(String text) {
        assertThatThrownBy(() -> VerifierKey.parse(text))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** Neither is what is no note or no checkpoint. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "text\n",
                "text\n\n",
                "text\n\n- name AAAAAAA=\n",
                "text\n\n— name AAAA\n",
                "text\n\n— name AAAAAAA="
            })
    void whatIsNoNoteIsRefused(String text) {
        assertThatThrownBy(() -> SignedNote.parse(text))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Checkpoint.parse(text))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** Sizes have one text, so that nobody can show one tree as two. */
    @ParameterizedTest
    @ValueSource(strings = {"07", "-1", "7 ", "+7", "9999999999999999999"})
    void sizeHasOneText(String size) {
        String root = new TreeHasher().empty().toString();
        assertThat(Checkpoint.parse("o\n7\n" + root + "\n").size()).isEqualTo(7);
        assertThatThrownBy(() -> Checkpoint.parse("o\n" + size + "\n" + root + "\n"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
