package com.tokaify.ledger.audit.core;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Proofs over every small tree: the true ones are believed, and no other. */
class ProofsTest {
    private static final int LARGEST = 40;
    private static final List<byte[]> LEAVES = leaves("leaf ");

    @Test
    void everyLeafOfEveryTreeIsIncludedAndNothingElse() {
        for (int size = 1; size <= LARGEST; size++) {
            byte[] root = root(LEAVES, size);
            for (int leaf = 0; leaf < size; leaf++) {
                List<byte[]> proof = Proofs.inclusion(nodes(LEAVES), leaf, size);
                byte[] hash = LEAVES.get(leaf);
                assertThat(Proofs.includes(hash, leaf, proof, size, root)).isTrue();
                assertThat(Proofs.includes(hash, leaf + 1, proof, size, root)).isFalse();
                assertThat(Proofs.includes(Hash.ofNothing(), leaf, proof, size, root)).isFalse();
                for (int i = 0; i < proof.size(); i++) {
                    assertThat(Proofs.includes(hash, leaf, flipped(proof, i), size, root))
                            .isFalse();
                    assertThat(Proofs.includes(hash, leaf, without(proof, i), size, root))
                            .isFalse();
                }
            }
        }
    }

    /** A node high up leads to the root as well, by a shorter proof, and is no leaf. */
    @Test
    void innerNodeIsNoLeaf() {
        Nodes nodes = nodes(LEAVES);
        List<byte[]> proof = List.of(nodes.node(2, 1));
        assertThat(Hash.node(nodes.node(2, 0), nodes.node(2, 1))).isEqualTo(root(LEAVES, 8));
        assertThat(Proofs.includes(nodes.node(2, 0), 0, proof, 8, root(LEAVES, 8))).isFalse();
    }

    @Test
    void everyTreeContinuesItsBeginningsAndNoOthers() {
        List<byte[]> others = leaves("other ");
        for (int second = 1; second <= LARGEST; second++) {
            Checkpoint to = tree(LEAVES, second);
            for (int first = 1; first <= second; first++) {
                List<byte[]> proof = Proofs.consistency(nodes(LEAVES), first, second);
                assertThat(Proofs.consistent(tree(LEAVES, first), to, proof)).isTrue();
                assertThat(Proofs.consistent(tree(others, first), to, proof)).isFalse();
                // What a forger could offer: the proof of the log that was kept.
                List<byte[]> forged = Proofs.consistency(nodes(others), first, second);
                assertThat(Proofs.consistent(tree(others, first), to, forged)).isFalse();
                for (int i = 0; i < proof.size(); i++) {
                    assertThat(Proofs.consistent(tree(LEAVES, first), to, flipped(proof, i)))
                            .isFalse();
                    assertThat(Proofs.consistent(tree(LEAVES, first), to, without(proof, i)))
                            .isFalse();
                }
            }
        }
    }

    private static List<byte[]> flipped(List<byte[]> proof, int at) {
        List<byte[]> other = new ArrayList<>(proof);
        byte[] hash = other.get(at).clone();
        hash[at % Hash.LENGTH] ^= 1;
        other.set(at, hash);
        return other;
    }

    private static List<byte[]> without(List<byte[]> proof, int at) {
        List<byte[]> other = new ArrayList<>(proof);
        other.remove(at);
        return other;
    }

    private static Checkpoint tree(List<byte[]> leaves, int size) {
        return new Checkpoint("", size, root(leaves, size));
    }

    private static byte[] root(List<byte[]> leaves, int size) {
        CompactTree tree = new CompactTree();
        leaves.subList(0, size).forEach(tree::add);
        return tree.root();
    }

    private static Nodes nodes(List<byte[]> leaves) {
        return (level, index) -> root(leaves.subList((int) (index << level), LARGEST), 1 << level);
    }

    private static List<byte[]> leaves(String kind) {
        List<byte[]> leaves = new ArrayList<>();
        for (int i = 0; i < LARGEST; i++) {
            leaves.add(Hash.leaf((kind + i).getBytes(UTF_8)));
        }
        return leaves;
    }
}
