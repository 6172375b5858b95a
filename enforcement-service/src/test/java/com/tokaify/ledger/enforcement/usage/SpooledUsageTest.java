package com.tokaify.ledger.enforcement.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tokaify.ledger.enforcement.TestLedger;
import com.tokaify.ledger.events.Actor;
import com.tokaify.ledger.events.kafka.Partitioning;
import com.tokaify.ledger.events.usage.UsageReport;
import com.tokaify.ledger.testkit.Await;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Before a Kafka that is away when the test says so. */
class SpooledUsageTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir private Path folder;

    private final MockProducer<byte[], byte[]> kafka =
            new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    private final UsageLog log = new UsageLog(kafka, new Partitioning(4), Duration.ofSeconds(1));

    /** The usual way touches no disk. */
    @Test
    void whileKafkaIsThereNothingIsSpooled() throws Exception {
        try (UsageSpool spool = UsageSpool.open(folder, 1 << 20);
                SpooledUsage usage = new SpooledUsage(log, spool)) {
            usage.start();
            usage.record(report("a"));
            assertThat(kafka.history()).hasSize(1);
            assertThat(spool.isEmpty()).isTrue();
        }
    }

    /** While Kafka is away usage is acknowledged from the disk, and goes out when it is back. */
    @Test
    void whatIsRecordedWhileKafkaIsAwayArrivesInOrder() throws Exception {
        try (UsageSpool spool = UsageSpool.open(folder, 1 << 20);
                SpooledUsage usage = new SpooledUsage(log, spool)) {
            usage.start();
            kafka.sendException = new TimeoutException("away");
            usage.record(report("a"));
            usage.record(report("b"));
            assertThat(spool.fill().reports()).isEqualTo(2);
            assertThat(kafka.history()).isEmpty();

            kafka.sendException = null;
            Await.until(LIMIT, "the spool is empty", spool::isEmpty);
            assertThat(sent()).containsExactly("a", "b");

            usage.record(report("c"));
            assertThat(sent()).containsExactly("a", "b", "c");
            assertThat(spool.isEmpty()).isTrue();
        }
    }

    /** A crash between the acknowledgement and Kafka: the next run brings it there. */
    @Test
    void whatARunHasLeftTheNextBringsToKafka() throws Exception {
        kafka.sendException = new TimeoutException("away");
        try (UsageSpool spool = UsageSpool.open(folder, 1 << 20);
                SpooledUsage usage = new SpooledUsage(log, spool)) {
            usage.record(report("a"));
        }
        kafka.sendException = null;
        try (UsageSpool spool = UsageSpool.open(folder, 1 << 20);
                SpooledUsage usage = new SpooledUsage(log, spool)) {
            usage.start();
            Await.until(LIMIT, "the spool is empty", spool::isEmpty);
            assertThat(sent()).containsExactly("a");
        }
    }

    /** Neither Kafka nor room: the gateway must hear of it. */
    @Test
    void withoutKafkaAndWithoutRoomUsageIsRefused() throws Exception {
        kafka.sendException = new TimeoutException("away");
        try (UsageSpool spool = UsageSpool.open(folder, 100);
                SpooledUsage usage = new SpooledUsage(log, spool)) {
            assertThatThrownBy(() -> usage.record(report("a")))
                    .isInstanceOf(UsageNotRecorded.class)
                    .hasMessageContaining("full");
            kafka.sendException = null;
            usage.record(report("a"));
            assertThat(sent()).containsExactly("a");
        }
    }

    private List<String> sent() {
        return kafka.history().stream()
                .map(record -> new String(record.value(), StandardCharsets.UTF_8))
                .map(json -> json.replaceAll(".*\"usageId\":\"([^\"]*)\".*", "$1"))
                .toList();
    }

    private static List<UsageReport> report(String usageId) {
        return List.of(
                new UsageReport(
                        TestLedger.token(1),
                        usageId,
                        5,
                        null,
                        TestLedger.NOW,
                        new Actor(Actor.Kind.GATEWAY, "edge-1")));
    }
}
