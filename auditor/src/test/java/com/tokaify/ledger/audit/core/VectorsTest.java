package com.tokaify.ledger.audit.core;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.tokaify.ledger.events.codec.StrictJson;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * The contract's test vectors, which neither of the log's two verifiers has written. The sealer's
 * code is held against the same file.
 */
class VectorsTest {
    private static JsonNode vectors;

    @BeforeAll
    static void read() throws Exception {
        try (InputStream file = VectorsTest.class.getResourceAsStream("/seals/vectors.json")) {
            vectors = StrictJson.MAPPER.readTree(Objects.requireNonNull(file));
        }
    }

    /** An entry has one form, and its hash is its leaf. */
    @Test
    void entriesAreWrittenAndReadAsTheContractSays() {
        for (JsonNode each : vectors.get("events")) {
            byte[] entry = bytes(each.get("entry"));
            byte @Nullable [] previous =
                    each.get("previous").asString().equals("-")
                            ? null
                            : bytes(each.get("previous"));
            assertThat(Entry.bytes(event(each), previous)).isEqualTo(entry);
            Entry parsed = Entry.parse(entry);
            assertThat(parsed.event()).usingRecursiveComparison().isEqualTo(event(each));
            assertThat(parsed.previous()).isEqualTo(previous);
            assertThat(Hash.leaf(entry)).isEqualTo(bytes(each.get("leafHash")));
        }
        assertThat(vectors.get("events")).hasSize(7);
    }

    /** The right edge alone knows every root. */
    @Test
    void rootsAreThoseOfTheContract() {
        CompactTree tree = new CompactTree();
        assertThat(tree.root()).isEqualTo(root(0));
        for (byte[] leaf : leaves()) {
            tree.add(leaf);
            assertThat(tree.root()).isEqualTo(root((int) tree.size()));
        }
    }

    @Test
    void inclusionProofsAreMadeAndBelieved() {
        for (JsonNode each : vectors.get("inclusion")) {
            int leaf = each.get("leaf").asInt();
            int size = each.get("size").asInt();
            List<byte[]> proof = hashes(each.get("proof"));
            assertThat(Proofs.inclusion(nodes(), leaf, size)).containsExactlyElementsOf(proof);
            assertThat(Proofs.includes(leaves().get(leaf), leaf, proof, size, root(size))).isTrue();
        }
        assertThat(vectors.get("inclusion")).hasSize(28);
    }

    @Test
    void consistencyProofsAreMadeAndBelieved() {
        for (JsonNode each : vectors.get("consistency")) {
            int from = each.get("from").asInt();
            int to = each.get("to").asInt();
            List<byte[]> proof = hashes(each.get("proof"));
            assertThat(Proofs.consistency(nodes(), from, to)).containsExactlyElementsOf(proof);
            assertThat(Proofs.consistent(tree(from), tree(to), proof)).isTrue();
        }
        assertThat(vectors.get("consistency")).isNotEmpty();
    }

    @Test
    void checkpointsAreSignedByTheKey() {
        VerifierKey key = VerifierKey.parse(vectors.get("key").get("verifier").asString());
        for (JsonNode each : vectors.get("checkpoints")) {
            String text = each.get("note").asString();
            Note note = Note.parse(text);
            assertThat(key.signed(note)).isTrue();
            assertThat(note).hasToString(text);
            Checkpoint checkpoint = Checkpoint.parse(note.text());
            assertThat(checkpoint.root()).isEqualTo(root(each.get("size").asInt()));
            assertThat(checkpoint.text()).isEqualTo(note.text());
        }
    }

    /** Of two who signed, each is told from the other. */
    @Test
    void cosignatureIsTheWitnesss() {
        VerifierKey log = VerifierKey.parse(vectors.get("key").get("verifier").asString());
        VerifierKey witness = VerifierKey.parse(vectors.get("witness").get("verifier").asString());
        Note cosigned = Note.parse(vectors.get("cosigned").asString());
        assertThat(log.signed(cosigned)).isTrue();
        assertThat(witness.signed(cosigned)).isTrue();
        assertThat(witness.signed(Note.parse(vectors.get("checkpoint").asString()))).isFalse();
        Note altered = new Note(cosigned.text().replace("\n7\n", "\n8\n"), cosigned.signatures());
        assertThat(witness.signed(altered)).isFalse();
        assertThat(log.signed(altered)).isFalse();
    }

    @Test
    void carriedProofProvesItsLeafAndNoOther() {
        String text = vectors.get("tlogProof").get("text").asString();
        TlogProof proof = TlogProof.parse(text);
        assertThat(proof).hasToString(text);
        assertThat(proof.proves(leaves().get(4))).isTrue();
        assertThat(proof.proves(leaves().get(5))).isFalse();
    }

    static Nodes nodes() {
        return (level, index) -> {
            CompactTree tree = new CompactTree();
            leaves().subList((int) (index << level), (int) ((index + 1) << level))
                    .forEach(tree::add);
            return tree.root();
        };
    }

    private static Checkpoint tree(int size) {
        return new Checkpoint("", size, root(size));
    }

    private static byte[] root(int size) {
        return bytes(vectors.get("roots").get(size));
    }

    private static List<byte[]> leaves() {
        List<byte[]> leaves = new ArrayList<>();
        vectors.get("events").forEach(each -> leaves.add(bytes(each.get("leafHash"))));
        return leaves;
    }

    private static List<byte[]> hashes(JsonNode list) {
        List<byte[]> hashes = new ArrayList<>();
        list.forEach(each -> hashes.add(bytes(each)));
        return hashes;
    }

    private static byte[] bytes(JsonNode base64) {
        return Base64.getDecoder().decode(base64.asString().getBytes(UTF_8));
    }

    private static LoggedEvent event(JsonNode json) {
        return new LoggedEvent(
                json.get("partition").asInt(),
                json.get("pseq").asLong(),
                json.get("stream").asString(),
                json.get("sequence").asLong(),
                json.get("type").asString(),
                json.get("recordedAt").asString(),
                json.get("actor").asString(),
                json.get("correlationId").asString(),
                bytes(json.get("payload")));
    }
}
