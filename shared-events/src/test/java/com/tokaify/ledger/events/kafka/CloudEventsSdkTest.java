package com.tokaify.ledger.events.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.tokaify.ledger.events.StoredEvent;
import com.tokaify.ledger.events.usage.UsageRecords;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.extensions.DistributedTracingExtension;
import io.cloudevents.core.provider.ExtensionProvider;
import io.cloudevents.kafka.KafkaMessageFactory;
import java.net.URI;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Any CloudEvents SDK reads our records; this is the one for Java. */
class CloudEventsSdkTest {

    static List<StoredEvent> examples() {
        return GoldenRecord.events();
    }

    /** An event of the ledger is a CloudEvent with its attributes, extensions and data. */
    @ParameterizedTest
    @MethodSource("examples")
    void sdkReadsAnEvent(StoredEvent event) {
        CloudEvent read = read(EventRecords.write(event));

        assertThat(read.getSpecVersion().toString()).isEqualTo("1.0");
        assertThat(read.getId()).isEqualTo(event.stream() + ":" + event.sequence());
        assertThat(read.getSource()).isEqualTo(URI.create("/tokaify/ledger"));
        assertThat(read.getType()).isEqualTo(event.type().ceType());
        assertThat(read.getSubject()).isEqualTo(event.stream().toString());
        assertThat(read.getTime())
                .isEqualTo(OffsetDateTime.ofInstant(event.recordedAt(), ZoneOffset.UTC));
        assertThat(read.getDataContentType()).isEqualTo("application/json");
        assertThat(read.getExtensionNames())
                .containsExactlyInAnyOrder("sequence", "actor", "correlationid");
        assertThat(read.getExtension("sequence")).isEqualTo(Long.toString(event.sequence()));
        assertThat(read.getExtension("actor")).isEqualTo(event.actor().toString());
        assertThat(read.getExtension("correlationid")).isEqualTo(event.correlationId());
        assertThat(data(read)).isEqualTo(event.payload());
    }

    /** Where an event is traced, the SDK's own extension for tracing says where. */
    @Test
    void sdkReadsWhereAnEventIsTraced() {
        ProducerRecord<byte[], byte[]> record = EventRecords.write(examples().getFirst());
        CloudEventHeaders.addTrace(record.headers(), GoldenRecord.CAUSE);

        DistributedTracingExtension tracing =
                ExtensionProvider.getInstance()
                        .parseExtension(DistributedTracingExtension.class, read(record));

        assertThat(Objects.requireNonNull(tracing).getTraceparent())
                .isEqualTo(GoldenRecord.CAUSE.toString());
    }

    /** A usage report is a CloudEvent too, and its id names the usage within its token. */
    @Test
    void sdkReadsAUsageReport() {
        CloudEvent read = read(GoldenRecord.usageRecord());

        assertThat(read.getSpecVersion().toString()).isEqualTo("1.0");
        assertThat(read.getId()).isEqualTo(GoldenRecord.TOKEN + ":req-7f3a");
        assertThat(read.getSource()).isEqualTo(URI.create("/usage/gateway:edge-1"));
        assertThat(read.getType()).isEqualTo(UsageRecords.CE_TYPE);
        assertThat(read.getSubject()).isEqualTo(GoldenRecord.TOKEN.toString());
        assertThat(read.getTime()).isEqualTo(OffsetDateTime.parse("2026-11-23T10:32:06.987Z"));
        assertThat(read.getDataContentType()).isEqualTo("application/json");
        assertThat(read.getExtensionNames()).isEmpty();
        assertThat(data(read))
                .asString(UTF_8)
                .isEqualTo("{\"usageId\":\"req-7f3a\",\"amount\":1250,\"model\":\"gpt-4o\"}");
    }

    private static byte[] data(CloudEvent event) {
        return Objects.requireNonNull(event.getData()).toBytes();
    }

    private static CloudEvent read(ProducerRecord<byte[], byte[]> record) {
        return KafkaMessageFactory.createReader(record.headers(), record.value()).toEvent();
    }
}
