package com.tokaify.ledger.seals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The tree is the one everybody knows: by published vectors and by those of the contract. */
class TreeTest {
    /** The leaves of the tests of Certificate Transparency's reference implementation. */
    private static final List<Hash> PUBLISHED =
            Stream.of(
                            "",
                            "00",
                            "10",
                            "2021",
                            "3031",
                            "40414243",
                            "5051525354555657",
                            "606162636465666768696a6b6c6d6e6f")
                    .map(leaf -> new TreeHasher().leaf(HexFormat.of().parseHex(leaf)))
                    .toList();

    private static final List<String> PUBLISHED_ROOTS =
            List.of(
                    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
                    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
                    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
                    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
                    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
                    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
                    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
                    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");

    private static Tree published(int size) {
        return new Tree(size, NaiveTree.nodes(PUBLISHED));
    }

    private static List<String> hex(List<Hash> hashes) {
        return hashes.stream().map(each -> HexFormat.of().formatHex(each.bytes())).toList();
    }

    /** The roots of certificate-transparency's own tests come out, grown or hashed at once. */
    @Test
    void rootsAreThePublishedOnes() {
        RightEdge edge = new RightEdge();
        for (int size = 0; size <= PUBLISHED.size(); size++) {
            assertThat(hex(List.of(edge.root()))).containsExactly(PUBLISHED_ROOTS.get(size));
            assertThat(published(size).root()).isEqualTo(edge.root());
            if (size < PUBLISHED.size()) {
                edge.append(PUBLISHED.get(size));
            }
        }
    }

    /** So do the proofs of inclusion published there. */
    @Test
    void inclusionProofsAreThePublishedOnes() {
        assertThat(hex(published(1).inclusion(0))).isEmpty();
        assertThat(hex(published(8).inclusion(0)))
                .containsExactly(
                        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
                        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4");
        assertThat(hex(published(8).inclusion(5)))
                .containsExactly(
                        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
                        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7");
        assertThat(hex(published(3).inclusion(2)))
                .containsExactly(
                        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125");
        assertThat(hex(published(5).inclusion(1)))
                .containsExactly(
                        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
                        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b");
    }

    /** And the proofs of consistency. */
    @Test
    void consistencyProofsAreThePublishedOnes() {
        assertThat(published(1).consistency(1)).isEmpty();
        assertThat(hex(published(8).consistency(1)))
                .containsExactly(
                        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
                        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4");
        assertThat(hex(published(8).consistency(6)))
                .containsExactly(
                        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
                        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7");
        assertThat(hex(published(5).consistency(2)))
                .containsExactly(
                        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b");
    }

    /** The contract's vectors: every root and every proof there is between sizes 0 and 7. */
    @Test
    void treesOfTheContractComeOut() {
        List<Hash> leaves = Vectors.leaves();
        List<Hash> roots = Vectors.hashes(Vectors.at("roots"));
        for (int size = 0; size <= leaves.size(); size++) {
            assertThat(tree(leaves, size).root()).isEqualTo(roots.get(size));
        }
        for (JsonNode each : Vectors.at("inclusion")) {
            assertThat(tree(leaves, each.path("size").asInt()).inclusion(each.path("leaf").asInt()))
                    .isEqualTo(Vectors.hashes(each.path("proof")));
        }
        for (JsonNode each : Vectors.at("consistency")) {
            assertThat(tree(leaves, each.path("to").asInt()).consistency(each.path("from").asInt()))
                    .isEqualTo(Vectors.hashes(each.path("proof")));
        }
    }

    private static Tree tree(List<Hash> leaves, int size) {
        return new Tree(size, NaiveTree.nodes(leaves));
    }

    /** What is not in a tree has no proof. */
    @Test
    void whatIsOutsideHasNoProof() {
        assertThatThrownBy(() -> published(3).inclusion(3))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> published(3).consistency(4))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> published(3).consistency(0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** A tree goes on from its edge as if nobody had put it away. */
    @Test
    void anEdgeThatWasPutAwayGrowsOn() {
        List<Hash> leaves = many(600);
        RightEdge whole = new RightEdge();
        RightEdge resumed = new RightEdge();
        for (Hash leaf : leaves) {
            whole.append(leaf);
            resumed = new RightEdge(resumed.size(), resumed.subtrees());
            resumed.append(leaf);
            assertThat(resumed.root()).isEqualTo(whole.root());
        }
        assertThat(whole.root()).isEqualTo(NaiveTree.root(leaves));
        assertThat(RightEdge.of(600, NaiveTree.nodes(leaves)).subtrees())
                .isEqualTo(whole.subtrees());
        List<Hash> tooFew = whole.subtrees().subList(1, whole.subtrees().size());
        assertThatThrownBy(() -> new RightEdge(600, tooFew))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** Tiles hold the tree, whatever it was cut into on the way and wherever it was put away. */
    @Test
    void tilesHoldTheTree() {
        List<Hash> leaves = many(66_000);
        Map<String, byte[]> kept = new HashMap<>();
        Tiles.Kept reader = (level, index) -> bytes(kept, level, index);
        Tiles tiles = new Tiles();
        for (int from = 0, step = 1; from < leaves.size(); from += step, step = step * 7 % 1_009) {
            if (step % 2 == 0) {
                tiles = new Tiles(from, reader);
            }
            int to = Math.min(leaves.size(), from + step);
            for (Tiles.Tile tile : tiles.append(leaves.subList(from, to))) {
                kept.put(tile.level() + "/" + tile.index(), tile.hashes());
            }
        }
        Tree tree = new Tree(leaves.size(), Tiles.nodes(reader));
        assertThat(tree.root()).isEqualTo(NaiveTree.root(leaves));
        assertThat(bytes(kept, 0, 257)).hasSize((66_000 - 257 * 256) * Hash.BYTES);
        assertThat(bytes(kept, 1, 1)).hasSize((66_000 / 256 - 256) * Hash.BYTES);
        assertThat(bytes(kept, 2, 0)).hasSize(Hash.BYTES);
        assertThat(Hash.at(bytes(kept, 2, 0), 0))
                .isEqualTo(NaiveTree.root(leaves.subList(0, 65_536)));
        Tree naive = new Tree(leaves.size(), NaiveTree.nodes(leaves));
        for (long leaf : new long[] {0, 255, 256, 65_535, 65_536, 65_999}) {
            assertThat(tree.inclusion(leaf)).isEqualTo(naive.inclusion(leaf));
        }
        assertThat(tree.consistency(12_345)).isEqualTo(naive.consistency(12_345));
    }

    private static byte[] bytes(Map<String, byte[]> kept, int level, long index) {
        byte[] bytes = kept.get(level + "/" + index);
        if (bytes == null) {
            throw new AssertionError("no tile " + level + "/" + index);
        }
        return bytes;
    }

    private static List<Hash> many(int count) {
        TreeHasher hasher = new TreeHasher();
        List<Hash> leaves = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            leaves.add(hasher.leaf(new byte[] {(byte) i, (byte) (i >> 8), (byte) (i >> 16)}));
        }
        return leaves;
    }
}
