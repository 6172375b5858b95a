package com.tokaify.ledger.audit.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What implementations of transparency logs are tested with: the tree of Certificate Transparency,
 * and the proofs and forgeries of github.com/transparency-dev/merkle (proof/verify_test.go).
 * Neither their authors nor their code know this ledger.
 */
class PublishedProofsTest {
    private static final List<byte[]> LEAVES =
            List.of(
                    leaf(""),
                    leaf("00"),
                    leaf("10"),
                    leaf("2021"),
                    leaf("3031"),
                    leaf("40414243"),
                    leaf("5051525354555657"),
                    leaf("606162636465666768696a6b6c6d6e6f"));

    private static final List<byte[]> ROOTS =
            hashes(
                    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
                    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
                    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
                    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
                    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
                    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
                    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
                    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");

    private static final byte[] SOME_HASH =
            hex("abacaba000000000000000000000000000000000000000000060061e00123456");

    @Test
    void treesHaveTheRootsOfCertificateTransparency() {
        CompactTree tree = new CompactTree();
        assertThat(tree.root()).isEqualTo(ROOTS.getFirst());
        for (byte[] leaf : LEAVES) {
            tree.add(leaf);
            assertThat(tree.root()).isEqualTo(ROOTS.get((int) tree.size()));
        }
    }

    /** That a leaf is in a tree. */
    @SuppressWarnings("ArrayRecordComponent") // handed to the verifier
    record Inclusion(byte[] leaf, long index, long size, byte[] root, List<byte[]> proof) {
        static Inclusion of(int index, int size, String... proof) {
            return new Inclusion(LEAVES.get(index), index, size, ROOTS.get(size), hashes(proof));
        }

        private Inclusion proof(UnaryOperator<List<byte[]>> change) {
            return new Inclusion(leaf, index, size, root, change.apply(proof));
        }

        private boolean isBelieved() {
            return Proofs.includes(leaf, index, proof, size, root);
        }

        private Stream<Inclusion> forgeries() {
            Stream<Inclusion> some =
                    Stream.of(
                            new Inclusion(leaf, index - 1, size, root, proof),
                            new Inclusion(leaf, index + 1, size, root, proof),
                            new Inclusion(leaf, index ^ 2, size, root, proof),
                            new Inclusion(leaf, index, size * 2, root, proof),
                            new Inclusion(leaf, index, size / 2, root, proof),
                            new Inclusion(SOME_HASH, index, size, root, proof),
                            new Inclusion(leaf, index, size, ROOTS.getFirst(), proof),
                            new Inclusion(leaf, index, size, SOME_HASH, proof),
                            proof(behind(new byte[0])),
                            proof(behind(root)),
                            proof(before(new byte[0])),
                            proof(before(root)));
            return Stream.concat(some, forgedProofs(proof, (byte) 8).map(each -> proof(_ -> each)));
        }

        @Override
        public String toString() {
            return "leaf " + index + " of " + size;
        }
    }

    static Stream<Inclusion> inclusions() {
        return Stream.of(
                Inclusion.of(0, 1),
                Inclusion.of(
                        0,
                        8,
                        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
                        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"),
                Inclusion.of(
                        5,
                        8,
                        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
                        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"),
                Inclusion.of(
                        2, 3, "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"),
                Inclusion.of(
                        1,
                        5,
                        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
                        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"));
    }

    @ParameterizedTest
    @MethodSource("inclusions")
    void publishedInclusionIsBelievedAndItsForgeriesAreNot(Inclusion inclusion) {
        assertThat(inclusion.isBelieved()).isTrue();
        assertThat(inclusion.forgeries()).noneMatch(Inclusion::isBelieved);
    }

    /** That a tree is the beginning of another one. */
    record Consistency(Checkpoint first, Checkpoint second, List<byte[]> proof) {
        static Consistency of(int first, int second, String... proof) {
            return new Consistency(tree(first), tree(second), hashes(proof));
        }

        private static Checkpoint tree(int size) {
            return new Checkpoint("", size, ROOTS.get(size));
        }

        private static Checkpoint sized(long size, Checkpoint tree) {
            return new Checkpoint("", size, tree.root());
        }

        private static Checkpoint rooted(byte[] root, Checkpoint tree) {
            return new Checkpoint("", tree.size(), root);
        }

        private Consistency proof(UnaryOperator<List<byte[]>> change) {
            return new Consistency(first, second, change.apply(proof));
        }

        private boolean isBelieved() {
            return Proofs.consistent(first, second, proof);
        }

        private Stream<Consistency> forgeries() {
            byte[] root1 = first.root();
            byte[] root2 = second.root();
            Stream<Consistency> some =
                    Stream.of(
                            new Consistency(sized(first.size() + 1, first), second, proof),
                            new Consistency(sized(first.size() ^ 2, first), second, proof),
                            new Consistency(first, sized(second.size() * 2, second), proof),
                            new Consistency(first, sized(second.size() / 2, second), proof),
                            new Consistency(rooted(SOME_HASH, first), second, proof),
                            new Consistency(first, rooted(SOME_HASH, second), proof),
                            new Consistency(rooted(root2, first), rooted(root1, second), proof),
                            proof(_ -> List.of()),
                            proof(behind(new byte[0])),
                            proof(behind(root1)),
                            proof(behind(root2)),
                            proof(before(new byte[0])),
                            proof(before(root1)),
                            proof(before(root2)),
                            proof(before(proof.getFirst())));
            return Stream.concat(
                    some, forgedProofs(proof, (byte) 16).map(each -> proof(_ -> each)));
        }

        @Override
        public String toString() {
            return first.size() + " to " + second.size();
        }
    }

    static Stream<Consistency> consistencies() {
        return Stream.of(
                Consistency.of(
                        1,
                        8,
                        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
                        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"),
                Consistency.of(
                        6,
                        8,
                        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
                        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"),
                Consistency.of(
                        2,
                        5,
                        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"),
                Consistency.of(
                        6,
                        7,
                        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
                        "b08693ec2e721597130641e8211e7eedccb4c26413963eee6c1e2ed16ffb1a5f",
                        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"));
    }

    @ParameterizedTest
    @MethodSource("consistencies")
    void publishedConsistencyIsBelievedAndItsForgeriesAreNot(Consistency consistency) {
        assertThat(consistency.isBelieved()).isTrue();
        assertThat(consistency.forgeries()).noneMatch(Consistency::isBelieved);
    }

    /** Trees of no leaves, or of as many: what is asked of them at their edges. */
    @Test
    void emptyAndEqualTreesAreConsistentOnlyAsTheyAre() {
        byte[] root = ROOTS.get(1);
        byte[] other = ROOTS.get(2);
        List<byte[]> nothing = List.of();
        List<byte[]> something = List.of(ROOTS.getFirst());
        assertThat(believed(0, root, 0, root, nothing)).isTrue();
        assertThat(believed(0, root, 1, other, nothing)).isTrue();
        assertThat(believed(1, root, 1, root, nothing)).isTrue();
        assertThat(believed(1, root, 1, other, nothing)).isFalse();
        assertThat(believed(1, root, 0, other, nothing)).isFalse();
        assertThat(believed(2, root, 1, other, nothing)).isFalse();
        assertThat(believed(1, root, 2, other, nothing)).isFalse();
        assertThat(believed(0, root, 0, root, something)).isFalse();
        assertThat(believed(0, root, 1, root, something)).isFalse();
        assertThat(believed(1, root, 1, root, something)).isFalse();
    }

    private static boolean believed(
            long size1, byte[] root1, long size2, byte[] root2, List<byte[]> proof) {
        return Proofs.consistent(
                new Checkpoint("", size1, root1), new Checkpoint("", size2, root2), proof);
    }

    /** One hash with a bit changed, the last one taken away, one put in between. */
    private static Stream<List<byte[]>> forgedProofs(List<byte[]> proof, byte bit) {
        List<List<byte[]>> forged = new ArrayList<>();
        for (int i = 0; i < proof.size(); i++) {
            List<byte[]> other = new ArrayList<>(proof);
            byte[] hash = proof.get(i).clone();
            hash[0] ^= bit;
            other.set(i, hash);
            forged.add(other);
        }
        if (!proof.isEmpty()) {
            forged.add(proof.subList(0, proof.size() - 1));
        }
        if (proof.size() > 1) {
            List<byte[]> other = new ArrayList<>(proof);
            other.add(1, SOME_HASH);
            forged.add(other);
        }
        return forged.stream();
    }

    private static UnaryOperator<List<byte[]>> behind(byte[] hash) {
        return proof -> {
            List<byte[]> longer = new ArrayList<>(proof);
            longer.addLast(hash);
            return longer;
        };
    }

    private static UnaryOperator<List<byte[]>> before(byte[] hash) {
        return proof -> {
            List<byte[]> longer = new ArrayList<>(proof);
            longer.addFirst(hash);
            return longer;
        };
    }

    private static byte[] leaf(String hex) {
        return Hash.leaf(hex(hex));
    }

    private static List<byte[]> hashes(String... hex) {
        return Stream.of(hex).map(PublishedProofsTest::hex).toList();
    }

    private static byte[] hex(String hex) {
        return HexFormat.of().parseHex(hex);
    }
}
