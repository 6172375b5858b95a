package com.tokaify.ledger.command.usage;

import static com.tokaify.ledger.command.LedgerInstance.PARTITIONING;
import static com.tokaify.ledger.command.LedgerInstance.PARTITIONS;
import static com.tokaify.ledger.command.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import com.tokaify.ledger.command.EventOrder;
import com.tokaify.ledger.command.LedgerInstance;
import com.tokaify.ledger.command.RunningCommandService;
import com.tokaify.ledger.command.RunningCommandService.Answer;
import com.tokaify.ledger.command.Samples;
import com.tokaify.ledger.events.Actor;
import com.tokaify.ledger.events.StoredEvent;
import com.tokaify.ledger.events.TokenEvent.QuotaConsumed;
import com.tokaify.ledger.events.codec.EventCodec;
import com.tokaify.ledger.events.codec.EventType;
import com.tokaify.ledger.events.id.TokenId;
import com.tokaify.ledger.events.kafka.Topics;
import com.tokaify.ledger.events.usage.UsageRecords;
import com.tokaify.ledger.events.usage.UsageReport;
import com.tokaify.ledger.testkit.Await;
import com.tokaify.ledger.testkit.LedgerDatabase;
import com.tokaify.ledger.testkit.LedgerInfrastructure;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What gateways report on {@code ledger.usage} is in the books once, or kept for an operator. */
class UsageIntakeIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Actor GATEWAY = new Actor(Actor.Kind.GATEWAY, "gw-1");

    private static LedgerDatabase database;
    private static RunningCommandService service;
    private static KafkaProducer<byte[], byte[]> producer;
    private static String account;

    @BeforeAll
    static void start() throws Exception {
        LedgerInfrastructure infrastructure = LedgerInfrastructure.get();
        infrastructure.recreateTopics(PARTITIONS);
        database = infrastructure.newLedgerDatabase();
        service = RunningCommandService.on(database);
        producer =
                new KafkaProducer<>(
                        Map.of("bootstrap.servers", infrastructure.kafkaBootstrap(), "acks", "all"),
                        new ByteArraySerializer(),
                        new ByteArraySerializer());
        account = service.post("/v1/accounts", "{\"name\":\"Acme\"}").text("accountId");
    }

    /** However the tests above went, the books are whole, and every offset was moved. */
    @AfterAll
    static void stop() throws Exception {
        producer.close();
        service.close();
        assertThat(new EventOrder(PARTITIONING).problems(LedgerInstance.stored(database)))
                .isEmpty();
    }

    /** One usage by three roads, in any number, is booked once, in the name of its reporter. */
    @Test
    void aUsageIsBookedOnceHoweverItComes() throws Exception {
        TokenId token = newToken(null);
        for (int i = 0; i < 200; i++) {
            report(token, "u" + i % 100, 3);
        }
        awaitTotal(token, 300);
        assertThat(post(token, "u7", 3).status()).isEqualTo(201);
        post(token, "by-http", 5);
        report(token, "by-http", 5);
        report(token, "last", 1);
        awaitTotal(token, 306);
        assertThat(consumed(token)).hasSize(102);
        assertThat(eventsOf(token))
                .filteredOn(event -> usage(event).usageId().equals("u7"))
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.actor()).isEqualTo(GATEWAY);
                    assertThat(event.correlationId()).startsWith("ledger.usage-");
                });
        awaitOffsetsAtTheEnd();
        assertThat(unbooked(token)).isEmpty();
    }

    /** Usage has happened: it is booked above the cap, and marked. */
    @Test
    void usageAboveTheCapIsBookedAsAnOverrun() throws Exception {
        TokenId token = newToken(10L);
        report(token, "u1", 8);
        report(token, "u2", 8);
        report(token, "u3", 1);
        awaitTotal(token, 17);
        assertThat(consumed(token))
                .containsExactly(
                        new QuotaConsumed("u1", 8, null, 8, false),
                        new QuotaConsumed("u2", 8, null, 16, true),
                        new QuotaConsumed("u3", 1, null, 17, true));
    }

    /** A token that was disabled after the call still owes what the call has cost. */
    @Test
    void usageOfADisabledTokenIsBooked() throws Exception {
        TokenId token = newToken(10L);
        service.post("/v1/tokens/" + token + "/disable", "");
        report(token, "u1", 4);
        awaitTotal(token, 4);
    }

    /** A producer that partitions differently is understood. */
    @Test
    void aReportInAForeignPartitionIsBooked() throws Exception {
        TokenId token = newToken(null);
        for (int partition = 0; partition < PARTITIONS; partition++) {
            ProducerRecord<byte[], byte[]> record = record(token, "u" + partition, 2);
            send(record, partition);
            send(record, (partition + 1) % PARTITIONS);
        }
        awaitTotal(token, 2 * PARTITIONS);
        assertThat(consumed(token)).hasSize(PARTITIONS);
    }

    /** What can be wrong with a record that no gateway of ours would write. */
    enum Unreadable {
        ANOTHER_TYPE("unknown type of usage report: something-else") {
            @Override
            void spoil(ProducerRecord<byte[], byte[]> record) {
                replace(record, "ce_type", "something-else");
            }
        },
        /** PostgreSQL keeps no such character in a text. */
        A_ZERO_CHARACTER("unknown type of usage report: zeros are left out") {
            @Override
            void spoil(ProducerRecord<byte[], byte[]> record) {
                replace(record, "ce_type", "zeros \0are left\0 out");
            }
        },
        NO_SUBJECT("the record has no header ce_subject") {
            @Override
            void spoil(ProducerRecord<byte[], byte[]> record) {
                record.headers().remove("ce_subject");
            }
        },
        A_HEADER_WITHOUT_VALUE("the record has no header ce_subject") {
            @Override
            void spoil(ProducerRecord<byte[], byte[]> record) {
                record.headers().remove("ce_subject").add("ce_subject", null);
            }
        },
        ANOTHER_SUBJECT(
                "the header ce_subject cannot be read: tokenId must be 'tok_' and 26 characters of"
                        + " Crockford base32") {
            @Override
            void spoil(ProducerRecord<byte[], byte[]> record) {
                replace(record, "ce_subject", "tok_1");
            }
        },
        NO_TIME("the header ce_time cannot be read: Text 'soon' could not be parsed at index 0") {
            @Override
            void spoil(ProducerRecord<byte[], byte[]> record) {
                replace(record, "ce_time", "soon");
            }
        };

        private final String reason;

        Unreadable(String reason) {
            this.reason = reason;
        }

        abstract void spoil(ProducerRecord<byte[], byte[]> record);

        private static void replace(
                ProducerRecord<byte[], byte[]> record, String header, String value) {
            record.headers().remove(header).add(header, value.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** What cannot be read is kept, with the reason, and what comes behind it is booked. */
    @ParameterizedTest
    @EnumSource
    void anUnreadableReportIsKeptForAnOperator(Unreadable unreadable) throws Exception {
        TokenId token = newToken(null);
        ProducerRecord<byte[], byte[]> record = record(token, "u1", 2);
        unreadable.spoil(record);
        producer.send(record).get();
        report(token, "u2", 3);
        awaitTotal(token, 3);
        assertThat(unbooked(token)).containsExactly(unreadable.reason);
    }

    /** The data is held to the rules of every amount and name. */
    @Test
    void aReportThatBreaksARuleIsKeptForAnOperator() throws Exception {
        TokenId token = newToken(null);
        sendData(token, "{\"usageId\":\"u1\",\"amount\":-1,\"model\":null}");
        sendData(token, "{\"usageId\":\"u 1\",\"amount\":1,\"model\":null}");
        sendData(token, "{\"usageId\":\"u1\",\"amount\":1.5,\"model\":null}");
        sendData(token, "{\"usageId\":\"u1\",\"amount\":1e30,\"model\":null}");
        sendData(token, "{\"usageId\":\"u1\"}");
        sendData(token, "not json");
        sendData(token, null);
        report(token, "u2", 3);
        awaitTotal(token, 3);
        assertThat(unbooked(token))
                .hasSize(7)
                .allSatisfy(reason ->
                        assertThat(reason)
                                .containsAnyOf(
                                        "the usage report breaks a rule: ",
                                        "cannot read com.tokaify.ledger.usage-reported.v1: ",
                                        "the record has no data"));
    }

    /** An unknown token or a contradiction is kept with the refusal's code. */
    @Test
    void aRefusedReportIsKeptForAnOperator() throws Exception {
        TokenId token = newToken(null);
        TokenId unknown = Samples.tokenId(4_711);
        report(token, "u1", 2);
        report(token, "u1", 3);
        report(unknown, "u1", 3);
        send(record(unknown, "u2", 3), (PARTITIONING.partitionOf(unknown) + 1) % PARTITIONS);
        report(token, "u2", 3);
        awaitTotal(token, 5);
        assertThat(unbooked(token))
                .containsExactly(
                        "USAGE_ID_CONFLICT: The usage u1 was booked before with amount 2.");
        String notFound = "TOKEN_NOT_FOUND: There is no token " + unknown + ".";
        Await.until(
                LIMIT,
                "both reports of the unknown token",
                () -> unbooked(unknown),
                reasons -> reasons.equals(List.of(notFound, notFound)));
        assertThat(eventsOf(unknown)).isEmpty();
    }

    /** Offsets and events are one transaction: a killed database neither loses nor doubles. */
    @Test
    void aKilledDatabaseLosesNoUsage() throws Exception {
        List<TokenId> tokens = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            tokens.add(newToken(null));
        }
        for (int i = 0; i < 300; i++) {
            for (TokenId token : tokens) {
                var _ = producer.send(record(token, "u" + i, 1));
            }
            if (i == 100) {
                producer.flush();
                LedgerInfrastructure.get().killAndRestartPostgres();
            }
        }
        producer.flush();
        for (TokenId token : tokens) {
            awaitTotal(token, 300);
            assertThat(consumed(token)).hasSize(300);
        }
        awaitOffsetsAtTheEnd();
    }

    /** Instances share the partitions; a handover in the middle neither loses nor doubles. */
    @Test
    void aSecondInstanceTakesOverWithoutALoss() throws Exception {
        TokenId token = newToken(null);
        int reported = 0;
        RunningCommandService second = RunningCommandService.on(database);
        try (second) {
            Await.until(LIMIT, "both take part", UsageIntakeIT::instancesThatRead, n -> n == 2);
            for (; reported < 500; reported++) {
                report(token, "u" + reported, 1);
            }
        }
        for (; reported < 600; reported++) {
            report(token, "u" + reported, 1);
        }
        awaitTotal(token, 600);
        assertThat(consumed(token)).hasSize(600);
        awaitOffsetsAtTheEnd();
    }

    private static long instancesThatRead() throws Exception {
        try (Admin admin =
                Admin.create(
                        Map.of("bootstrap.servers", LedgerInfrastructure.get().kafkaBootstrap()))) {
            return admin
                    .describeConsumerGroups(List.of("ledger-intake"))
                    .all()
                    .get()
                    .values()
                    .iterator()
                    .next()
                    .members()
                    .stream()
                    .filter(member -> !member.assignment().topicPartitions().isEmpty())
                    .count();
        }
    }

    private static TokenId newToken(@Nullable Long quotaLimit) throws Exception {
        Answer created =
                service.post(
                        "/v1/tokens",
                        "{\"accountId\":\"%s\",\"name\":\"ci\",\"group\":\"default\",\"quotaLimit\":%s}"
                                .formatted(account, quotaLimit));
        assertThat(created.status()).as(created.json().toString()).isEqualTo(201);
        return TokenId.parse(created.text("tokenId"));
    }

    private static Answer post(TokenId token, String usageId, long amount) throws Exception {
        return service.post(
                "/v1/tokens/" + token + "/consumptions",
                "{\"usageId\":\"%s\",\"amount\":%d}".formatted(usageId, amount));
    }

    private static ProducerRecord<byte[], byte[]> record(
            TokenId token, String usageId, long amount) {
        return UsageRecords.write(
                new UsageReport(token, usageId, amount, null, NOW, GATEWAY), PARTITIONING);
    }

    private static void report(TokenId token, String usageId, long amount) {
        var _ = producer.send(record(token, usageId, amount));
    }

    private static void send(ProducerRecord<byte[], byte[]> record, int partition)
            throws Exception {
        producer.send(
                        new ProducerRecord<>(
                                record.topic(),
                                partition,
                                record.key(),
                                record.value(),
                                record.headers()))
                .get();
    }

    private static void sendData(TokenId token, @Nullable String data) throws Exception {
        ProducerRecord<byte[], byte[]> record = record(token, "u1", 1);
        producer.send(
                        new ProducerRecord<>(
                                record.topic(),
                                record.partition(),
                                record.key(),
                                data == null ? null : data.getBytes(StandardCharsets.UTF_8),
                                record.headers()))
                .get();
    }

    private static void awaitTotal(TokenId token, long total) {
        producer.flush();
        Await.until(
                LIMIT,
                "the total of " + token,
                () -> {
                    List<QuotaConsumed> booked = consumed(token);
                    return booked.isEmpty() ? 0 : booked.getLast().totalAfter();
                },
                seen -> seen == total);
    }

    private static List<StoredEvent> eventsOf(TokenId token) throws SQLException {
        return LedgerInstance.stored(database).stream()
                .filter(event ->
                        event.stream().equals(token) && event.type() == EventType.QUOTA_CONSUMED)
                .toList();
    }

    private static QuotaConsumed usage(StoredEvent event) {
        return (QuotaConsumed) EventCodec.decode(event).event();
    }

    private static List<QuotaConsumed> consumed(TokenId token) throws SQLException {
        return eventsOf(token).stream().map(UsageIntakeIT::usage).toList();
    }

    /** The reasons for which reports of a token were kept, in order. */
    private static List<String> unbooked(TokenId token) throws SQLException {
        List<String> reasons = new ArrayList<>();
        try (Connection connection = database.superuser();
                ResultSet row =
                        connection
                                .createStatement()
                                .executeQuery(
                                        "select reason from ledger.unbooked_usage where token = '"
                                                + token
                                                + "' order by noticed_at, kafka_offset")) {
            while (row.next()) {
                reasons.add(row.getString(1));
            }
        }
        return reasons;
    }

    /** The stored offsets are those of the topic's end: nothing will be read again. */
    private static void awaitOffsetsAtTheEnd() throws Exception {
        Map<Integer, Long> ends = new HashMap<>();
        for (int partition = 0; partition < PARTITIONS; partition++) {
            ProducerRecord<byte[], byte[]> last =
                    new ProducerRecord<>(Topics.USAGE, partition, null, new byte[0]);
            ends.put(partition, producer.send(last).get().offset() + 1);
        }
        Await.until(LIMIT, "stored offsets", UsageIntakeIT::offsets, ends::equals);
    }

    private static Map<Integer, Long> offsets() throws SQLException {
        Map<Integer, Long> offsets = new HashMap<>();
        try (Connection connection = database.superuser();
                ResultSet row =
                        connection
                                .createStatement()
                                .executeQuery(
                                        "select partition, next_offset from ledger.usage_offset")) {
            while (row.next()) {
                offsets.put(row.getInt(1), row.getLong(2));
            }
        }
        return offsets;
    }
}
