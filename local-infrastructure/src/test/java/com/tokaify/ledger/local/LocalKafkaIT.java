package com.tokaify.ledger.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalKafkaIT {
    private static final TopicPartition KEPT = new TopicPartition("kept", 0);

    @TempDir private Path temporary;

    private LocalFolder folder;
    private int port;
    private LocalKafka kafka;

    @BeforeEach
    void start() throws Exception {
        folder = LocalFolder.at(temporary.resolve("ledger"));
        port = LoopbackPort.free();
        kafka = LocalKafka.start(folder, port, "512m");
    }

    @AfterEach
    void stop() throws Exception {
        kafka.stop();
    }

    /** Acknowledged transactions survive kill -9 of the broker; new ones follow them in order. */
    @Test
    void keepsCommittedRecordsAcrossKillAndCleanRestart() throws Exception {
        createTopic();
        produce(0, 100);
        kafka.process().kill();

        kafka = LocalKafka.start(folder, port, "512m");
        produce(100, 150);
        assertThat(kafka.stop()).as("stopped in good order").isTrue();

        kafka = LocalKafka.start(folder, port, "512m");
        assertThat(consume(150))
                .isEqualTo(IntStream.range(0, 150).mapToObj(Integer::toString).toList());
    }

    /** Events are kept for ever, whoever creates the topic, and a mistyped topic is an error. */
    @Test
    void keepsEventsForEverAndInventsNoTopics() throws Exception {
        createTopic();
        try (Admin admin = admin()) {
            ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, KEPT.topic());
            assertThat(admin.describeConfigs(List.of(topic)).all().get().values())
                    .extracting(config -> config.get("retention.ms").value())
                    .containsExactly("-1");
            assertThatThrownBy(
                            () -> admin.describeTopics(List.of("mistyped")).allTopicNames().get())
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(UnknownTopicOrPartitionException.class);
        }
    }

    private Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", kafka.bootstrap()));
    }

    private void createTopic() throws Exception {
        try (Admin admin = admin()) {
            admin.createTopics(List.of(new NewTopic(KEPT.topic(), 1, (short) 1))).all().get();
        }
    }

    private void produce(int from, int until) throws Exception {
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(
                        Map.of("bootstrap.servers", kafka.bootstrap(), "transactional.id", "relay"),
                        new StringSerializer(),
                        new StringSerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            for (int i = from; i < until; i++) {
                var _ =
                        producer.send(
                                new ProducerRecord<>(KEPT.topic(), "key", Integer.toString(i)));
            }
            producer.commitTransaction();
        }
    }

    private List<String> consume(int count) {
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(
                        Map.of(
                                "bootstrap.servers",
                                kafka.bootstrap(),
                                "isolation.level",
                                "read_committed"),
                        new StringDeserializer(),
                        new StringDeserializer())) {
            consumer.assign(List.of(KEPT));
            consumer.seekToBeginning(List.of(KEPT));
            List<String> values = new ArrayList<>();
            long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
            while (values.size() < count && System.nanoTime() < deadline) {
                for (ConsumerRecord<String, String> found : consumer.poll(Duration.ofMillis(200))) {
                    values.add(found.value());
                }
            }
            return values;
        }
    }
}
