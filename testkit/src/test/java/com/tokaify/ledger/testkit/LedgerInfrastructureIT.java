package com.tokaify.ledger.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.tokaify.ledger.events.kafka.Topics;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

class LedgerInfrastructureIT {
    private static final TopicPartition EVENTS_2 = new TopicPartition(Topics.EVENTS, 2);

    private final LedgerInfrastructure infrastructure = LedgerInfrastructure.get();

    /** Two tests never see each other's rows, and a kill of the server loses none. */
    @Test
    void everyDatabaseIsFreshAndSurvivesAKill() throws Exception {
        LedgerDatabase first = infrastructure.newLedgerDatabase();
        LedgerDatabase second = infrastructure.newLedgerDatabase();
        QueryDatabase query = infrastructure.newQueryDatabase();
        run(first, "CREATE TABLE kept AS SELECT 42 AS answer");

        infrastructure.killAndRestartPostgres();

        assertThat(tables(first)).isEqualTo(1);
        assertThat(tables(second)).isZero();
        try (Connection connection =
                DriverManager.getConnection(query.jdbcUrl(), "query_service", query.password())) {
            assertThat(connection.isValid(1)).isTrue();
        }
    }

    /** Recreated topics are empty and have the partitions asked for; a kill keeps their records. */
    @Test
    void topicsAreRecreatedEmptyAndSurviveAKill() throws Exception {
        infrastructure.recreateTopics(4);
        produce();
        infrastructure.killAndRestartKafka();
        assertThat(endOfEvents()).isEqualTo(1);

        infrastructure.recreateTopics(3);

        assertThat(endOfEvents()).isZero();
        try (Admin admin = admin()) {
            assertThat(
                            admin.describeTopics(List.of(Topics.EVENTS, Topics.USAGE))
                                    .allTopicNames()
                                    .get()
                                    .values())
                    .extracting(topic -> topic.partitions().size())
                    .containsExactly(3, 3);
        }
    }

    private Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", infrastructure.kafkaBootstrap()));
    }

    private void produce() throws Exception {
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(
                        Map.of("bootstrap.servers", infrastructure.kafkaBootstrap()),
                        new StringSerializer(),
                        new StringSerializer())) {
            producer.send(new ProducerRecord<>(EVENTS_2.topic(), 2, "key", "value")).get();
        }
    }

    private long endOfEvents() throws Exception {
        try (Admin admin = admin()) {
            return admin.listOffsets(Map.of(EVENTS_2, OffsetSpec.latest()))
                    .partitionResult(EVENTS_2)
                    .get()
                    .offset();
        }
    }

    private static void run(LedgerDatabase database, String sql) throws SQLException {
        try (Connection connection =
                DriverManager.getConnection(
                        database.jdbcUrl(), "ledger_owner", database.ownerPassword())) {
            connection.createStatement().execute(sql);
        }
    }

    private static int tables(LedgerDatabase database) throws SQLException {
        try (Connection connection = database.superuser();
                ResultSet row =
                        connection
                                .createStatement()
                                .executeQuery(
                                        "SELECT count(*) FROM pg_tables"
                                                + " WHERE schemaname = 'public'")) {
            row.next();
            return row.getInt(1);
        }
    }
}
