package com.tokaify.ledger.seals;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sigstore.merkle.InclusionProofVerificationException;
import dev.sigstore.merkle.InclusionProofVerifier;
import dev.sigstore.rekor.client.RekorVerificationException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Who has only other people's code believes what this log says, and nothing that was changed in it.
 * Sigstore's client is that code: its authors know nothing of this ledger.
 */
class IndependentProofsTest {
    private static final int EVERY_SIZE_TO = 70;
    private static final SignerKey KEY = SignerKey.generate("tokaify.ledger");

    private final Sigstore sigstore = new Sigstore(KEY.verifier().toString());

    /** Every leaf of every small tree is where its proof says. */
    @Test
    void everyProofOfEverySmallTreeIsBelieved() {
        for (int size = 1; size <= EVERY_SIZE_TO; size++) {
            Log log = new Log(size);
            for (int leaf = 0; leaf < size; leaf++) {
                assertBelieved(log, leaf);
            }
        }
    }

    /** So it is around powers of two, where trees get another level, and far from them. */
    @ParameterizedTest
    @ValueSource(ints = {255, 256, 257, 4_095, 4_097, 65_535, 65_536, 65_537, 100_003})
    void proofsOfLargeTreesAreBelieved(int size) {
        Log log = new Log(size);
        for (int leaf : new int[] {0, 1, size / 3, size / 2, size - 2, size - 1}) {
            assertBelieved(log, leaf);
        }
    }

    private static void assertBelieved(Log log, int leaf) {
        assertThat(log.isBelieved(leaf, log.leaves.get(leaf), log.tree.inclusion(leaf)))
                .as("leaf %d of %d", leaf, log.leaves.size())
                .isTrue();
    }

    /** A byte changed anywhere: in the leaf, in any hash of the proof, or a neighbour's place. */
    @Test
    void changedProofIsNotBelieved() {
        for (int size = 2; size <= EVERY_SIZE_TO; size++) {
            Log log = new Log(size);
            for (int leaf = 0; leaf < size; leaf++) {
                List<Hash> proof = log.tree.inclusion(leaf);
                Hash hash = log.leaves.get(leaf);
                assertRefused(log, leaf, changed(hash, leaf % Hash.BYTES), proof);
                int neighbour = leaf == 0 ? 1 : leaf - 1;
                // Whether a proof is as long as one of its place must be, it does not ask.
                if (log.tree.inclusion(neighbour).size() == proof.size()) {
                    assertRefused(log, neighbour, hash, proof);
                }
                for (int i = 0; i < proof.size(); i++) {
                    List<Hash> other = new ArrayList<>(proof);
                    other.set(i, changed(proof.get(i), (leaf + i) % Hash.BYTES));
                    assertRefused(log, leaf, hash, other);
                }
            }
        }
    }

    private static void assertRefused(Log log, int leaf, Hash hash, List<Hash> proof) {
        assertThat(log.isBelieved(leaf, hash, proof))
                .as("leaf %d of %d", leaf, log.leaves.size())
                .isFalse();
    }

    /** An entry, its proof and a checkpoint of the sealer's, as a client of Sigstore takes them. */
    @Test
    void sealedEntryIsBelieved() {
        for (int size = 1; size <= EVERY_SIZE_TO; size++) {
            Log log = new Log(size);
            int leaf = size / 2;
            assertThatCode(() ->
                            sigstore.verify(
                                    Log.entry(leaf),
                                    leaf,
                                    log.tree.inclusion(leaf),
                                    log.checkpoint,
                                    log.note()))
                    .as("size %d", size)
                    .doesNotThrowAnyException();
        }
    }

    /** Not one character of a checkpoint, and not one byte of its signature, can be another. */
    @Test
    void changedCheckpointIsNotBelieved() {
        Log log = new Log(7);
        String note = log.note();
        String text = log.checkpoint.text();
        String line = note.substring(text.length());
        for (int i = 0; i < text.length(); i++) {
            char[] other = text.toCharArray();
            other[i] = (char) (other[i] ^ 1);
            assertRefused(log, new String(other) + line);
        }
        int begin = line.lastIndexOf(' ') + 1;
        byte[] signature = Base64.getDecoder().decode(line.substring(begin).strip());
        for (int i = 0; i < signature.length; i++) {
            byte[] other = signature.clone();
            other[i] ^= 1;
            assertRefused(
                    log,
                    text
                            + line.substring(0, begin)
                            + Base64.getEncoder().encodeToString(other)
                            + "\n");
        }
        assertRefused(log, note.replace("— tokaify.ledger ", "— tokaify.ledges "));
        assertRefused(log, SignerKey.generate("tokaify.ledger").sign(text).toString());
    }

    /** A checkpoint is the one of this tree, and the entry the one that was sealed. */
    @Test
    void checkpointOrEntryOfAnotherIsNotBelieved() {
        Log log = new Log(7);
        assertRefused(log, new Log(8).note());
        assertThatThrownBy(() ->
                        sigstore.verify(
                                Log.entry(4), 3, log.tree.inclusion(3), log.checkpoint, log.note()))
                .isInstanceOf(RekorVerificationException.class);
    }

    private void assertRefused(Log log, String note) {
        assertThatThrownBy(() ->
                        sigstore.verify(
                                Log.entry(3), 3, log.tree.inclusion(3), log.checkpoint, note))
                .as(note)
                .isInstanceOfAny(RekorVerificationException.class, IllegalArgumentException.class);
    }

    private static Hash changed(Hash hash, int at) {
        byte[] bytes = hash.bytes();
        bytes[at] ^= 1;
        return Hash.at(bytes, 0);
    }

    /** A log as the sealer makes one. */
    private static final class Log {
        private final List<Hash> leaves = new ArrayList<>();
        private final Tree tree;
        private final Checkpoint checkpoint;

        Log(int size) {
            TreeHasher hasher = new TreeHasher();
            RightEdge edge = new RightEdge();
            for (int leaf = 0; leaf < size; leaf++) {
                Hash hash = hasher.leaf(entry(leaf));
                leaves.add(hash);
                edge.append(hash);
            }
            tree = new Tree(size, NaiveTree.nodes(leaves));
            checkpoint = new Checkpoint("tokaify.ledger", size, edge.root());
        }

        static byte[] entry(int leaf) {
            return ("entry " + leaf).getBytes(UTF_8);
        }

        String note() {
            return KEY.sign(checkpoint.text()).toString();
        }

        boolean isBelieved(long leaf, Hash hash, List<Hash> proof) {
            try {
                InclusionProofVerifier.verify(
                        hash.bytes(),
                        leaf,
                        checkpoint.size(),
                        proof.stream().map(Hash::bytes).toList(),
                        checkpoint.root().bytes());
                return true;
            } catch (InclusionProofVerificationException _) {
                return false;
            }
        }
    }
}
