package com.tokaify.ledger.command.startup;

import com.tokaify.ledger.command.settings.KafkaSettings;
import com.tokaify.ledger.events.kafka.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;

/** Makes the contract's topics where they are missing, and refuses those of another ledger. */
final class TopicSetup {
    /** Usage waits this long for a command-service that is away. */
    private static final Duration USAGE_RETENTION = Duration.ofDays(90);

    private static final String FOR_EVER = "-1";
    private static final int MAX_SEAL_BYTES = 2 << 20;

    private TopicSetup() {}

    /**
     * @throws ExecutionException where Kafka does not answer
     * @throws IllegalStateException where a topic has another number of partitions
     */
    static void prepare(KafkaSettings kafka, int partitions)
            throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(kafka.client())) {
            create(admin, topic(Topics.EVENTS, partitions, kafka, FOR_EVER));
            create(
                    admin,
                    topic(
                            Topics.USAGE,
                            partitions,
                            kafka,
                            Long.toString(USAGE_RETENTION.toMillis())));
            create(admin, seals(kafka));
            Map<String, TopicDescription> topics =
                    admin.describeTopics(List.of(Topics.EVENTS, Topics.USAGE, Topics.SEALS))
                            .allTopicNames()
                            .get();
            topics.forEach((name, topic) -> {
                int wanted = name.equals(Topics.SEALS) ? 1 : partitions;
                if (topic.partitions().size() != wanted) {
                    throw new IllegalStateException(
                            "the topic "
                                    + name
                                    + " has "
                                    + topic.partitions().size()
                                    + " partitions, this ledger has "
                                    + wanted);
                }
            });
        }
    }

    /** In one order, and with room for a seal of many small runs. */
    private static NewTopic seals(KafkaSettings kafka) {
        NewTopic topic = topic(Topics.SEALS, 1, kafka, FOR_EVER);
        Map<String, String> configs = new HashMap<>(topic.configs());
        configs.put(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(MAX_SEAL_BYTES));
        return topic.configs(configs);
    }

    private static NewTopic topic(
            String name, int partitions, KafkaSettings kafka, String retentionMillis) {
        int inSync = Math.max(1, kafka.replicationFactor() - 1);
        return new NewTopic(name, partitions, kafka.replicationFactor())
                .configs(
                        Map.of(
                                TopicConfig.RETENTION_MS_CONFIG,
                                retentionMillis,
                                TopicConfig.CLEANUP_POLICY_CONFIG,
                                TopicConfig.CLEANUP_POLICY_DELETE,
                                TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG,
                                Integer.toString(inSync),
                                TopicConfig.UNCLEAN_LEADER_ELECTION_ENABLE_CONFIG,
                                "false"));
    }

    private static void create(Admin admin, NewTopic topic)
            throws ExecutionException, InterruptedException {
        try {
            admin.createTopics(List.of(topic)).all().get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw e;
            }
        }
    }
}
