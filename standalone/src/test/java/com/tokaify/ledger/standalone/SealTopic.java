package com.tokaify.ledger.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code ledger.seals} as anybody could read and judge it, with the JDK alone. */
record SealTopic(List<JsonNode> seals) {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int HASH = 32;

    /** Reads all that is there at this moment. */
    static SealTopic read(int kafkaPort) {
        Map<String, Object> config =
                Map.of(
                        "bootstrap.servers",
                        "127.0.0.1:" + kafkaPort,
                        "auto.offset.reset",
                        "earliest");
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer())) {
            TopicPartition only = new TopicPartition("ledger.seals", 0);
            consumer.assign(List.of(only));
            consumer.seekToBeginning(List.of(only));
            long end = consumer.endOffsets(List.of(only)).getOrDefault(only, 0L);
            List<JsonNode> seals = new ArrayList<>();
            while (consumer.position(only) < end) {
                consumer.poll(Duration.ofSeconds(1))
                        .forEach(record -> seals.add(JSON.readTree(record.value())));
            }
            return new SealTopic(seals);
        }
    }

    /** Leaves of the log. */
    long size() {
        return seals.isEmpty() ? 0 : seals.getLast().get("size").asLong();
    }

    /**
     * Whatever died meanwhile: seals follow each other, what comes twice is the same, every
     * checkpoint is signed and is the root of all leaves before it, and no event is sealed twice.
     */
    void mustBeOneLog(Path verifierKeyFile) throws Exception {
        String verifier = Files.readString(verifierKeyFile).strip();
        PublicKey key = key(verifier);
        Map<Long, String> checkpoints = new HashMap<>();
        Map<Integer, Long> sealed = new HashMap<>();
        List<byte[]> leaves = new ArrayList<>();
        for (JsonNode seal : seals) {
            long size = seal.get("size").asLong();
            String note = seal.get("checkpoint").asString();
            String before = checkpoints.put(size, note);
            if (before != null) {
                assertThat(note).as("the checkpoint of " + size).isEqualTo(before);
                continue;
            }
            assertThat(seal.get("firstLeaf").asLong()).isEqualTo(leaves.size());
            byte[] hashes = Base64.getDecoder().decode(seal.get("hashes").asString());
            for (int from = 0; from < hashes.length; from += HASH) {
                leaves.add(Arrays.copyOfRange(hashes, from, from + HASH));
            }
            assertThat(leaves).hasSize((int) size);
            for (JsonNode run : seal.get("runs")) {
                int partition = run.get("partition").asInt();
                long first = run.get("firstPseq").asLong();
                assertThat(first).isEqualTo(sealed.getOrDefault(partition, 0L) + 1);
                sealed.put(partition, first + run.get("count").asLong() - 1);
            }
            String text = note.substring(0, note.indexOf("\n\n") + 1);
            assertThat(text)
                    .isEqualTo(
                            verifier.split("\\+", 2)[0]
                                    + "\n"
                                    + size
                                    + "\n"
                                    + Base64.getEncoder().encodeToString(root(leaves))
                                    + "\n");
            Signature signature = Signature.getInstance("Ed25519");
            signature.initVerify(key);
            signature.update(text.getBytes(UTF_8));
            byte[] line =
                    Base64.getDecoder().decode(note.substring(note.lastIndexOf(' ') + 1).strip());
            assertThat(signature.verify(Arrays.copyOfRange(line, 4, line.length)))
                    .as("the signature of " + size)
                    .isTrue();
        }
    }

    private static PublicKey key(String verifier) throws Exception {
        byte[] typed = Base64.getDecoder().decode(verifier.split("\\+", 3)[2]);
        byte[] prefix = HexFormat.of().parseHex("302a300506032b6570032100");
        byte[] encoded = Arrays.copyOf(prefix, prefix.length + HASH);
        System.arraycopy(typed, 1, encoded, prefix.length, HASH);
        return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
    }

    /** RFC 6962, 2.1. */
    private static byte[] root(List<byte[]> leaves) throws Exception {
        if (leaves.size() == 1) {
            return leaves.getFirst();
        }
        int left = Integer.highestOneBit(leaves.size() - 1);
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        digest.update((byte) 1);
        digest.update(root(leaves.subList(0, left)));
        digest.update(root(leaves.subList(left, leaves.size())));
        return digest.digest();
    }
}
