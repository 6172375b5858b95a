package com.tokaify.ledger.audit.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the authors of the formats have published: neither they nor their code know this ledger. */
class PublishedVectorsTest {
    /** The eight leaves that Certificate Transparency's implementations are tested with. */
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
            List.of(
                    hex("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
                    hex("6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"),
                    hex("fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"),
                    hex("aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77"),
                    hex("d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"),
                    hex("4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4"),
                    hex("76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef"),
                    hex("ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c"),
                    hex("5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"));

    private static final String NEUMANN =
            "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";

    private static final String NOTE =
            """
            If you think cryptography is the answer to your problem,
            then you don't know what your problem is.

            — PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=
            """;

    @Test
    void treesHaveTheRootsOfCertificateTransparency() {
        CompactTree tree = new CompactTree();
        assertThat(tree.root()).isEqualTo(ROOTS.getFirst());
        for (byte[] leaf : LEAVES) {
            tree.add(leaf);
            assertThat(tree.root()).isEqualTo(ROOTS.get((int) tree.size()));
        }
    }

    @Test
    void publishedProofsAreBelieved() {
        List<byte[]> inclusion =
                List.of(
                        hex("bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"),
                        hex("ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0"),
                        hex("d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"));
        assertThat(Proofs.includes(LEAVES.get(5), 5, inclusion, 8, ROOTS.get(8))).isTrue();
        List<byte[]> consistency =
                List.of(
                        hex("0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a"),
                        hex("ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0"),
                        hex("d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"));
        assertThat(Proofs.consistent(tree(6), tree(8), consistency)).isTrue();
        assertThat(Proofs.consistent(tree(5), tree(8), consistency)).isFalse();
        List<byte[]> uneven =
                List.of(
                        hex("5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e"),
                        hex("bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"));
        assertThat(Proofs.consistent(tree(2), tree(5), uneven)).isTrue();
    }

    /** The note in the documentation of Go's sumdb. */
    @Test
    void noteOfGoIsSigned() {
        VerifierKey key = VerifierKey.parse(NEUMANN);
        Note note = Note.parse(NOTE);
        assertThat(key).hasToString(NEUMANN);
        assertThat(key.signed(note)).isTrue();
        assertThat(key.signed(Note.parse(NOTE.replace("answer", "Answer")))).isFalse();
    }

    /** A key whose id was typed wrong is no key. */
    @Test
    void keyIsHeldAgainstItsId() {
        assertThatThrownBy(() -> VerifierKey.parse(NEUMANN.replace("c74f20a3", "c74f20a4")))
                .isInstanceOf(Malformed.class);
        assertThatThrownBy(() -> VerifierKey.parse(NEUMANN.replace("Peter", "peter")))
                .isInstanceOf(Malformed.class);
        assertThatThrownBy(() -> VerifierKey.parse("PeterNeumann")).isInstanceOf(Malformed.class);
    }

    private static Checkpoint tree(int size) {
        return new Checkpoint("", size, ROOTS.get(size));
    }

    private static byte[] leaf(String hex) {
        return Hash.leaf(hex(hex));
    }

    private static byte[] hex(String hex) {
        return HexFormat.of().parseHex(hex);
    }
}
