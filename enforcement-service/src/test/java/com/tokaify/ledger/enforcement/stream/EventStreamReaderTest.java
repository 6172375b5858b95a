package com.tokaify.ledger.enforcement.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.tokaify.ledger.enforcement.TestLedger;
import com.tokaify.ledger.enforcement.view.LocalView;
import com.tokaify.ledger.enforcement.view.ViewStatus;
import com.tokaify.ledger.events.AccountEvent.AccountOpened;
import com.tokaify.ledger.events.StoredEvent;
import com.tokaify.ledger.events.id.AccountId;
import com.tokaify.ledger.events.kafka.CloudEventHeaders;
import com.tokaify.ledger.events.kafka.Topics;
import com.tokaify.ledger.events.kafka.TraceParent;
import com.tokaify.ledger.service.trace.Tracing;
import com.tokaify.ledger.testkit.Await;
import com.tokaify.ledger.testkit.RecordedSpans;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The reader against Kafka's own in-memory consumer, which can be stopped at any point. */
class EventStreamReaderTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int PARTITIONS = 1;
    private static final TopicPartition PARTITION = new TopicPartition(Topics.EVENTS, 0);
    private static final AccountId ACCOUNT = TestLedger.account(1);

    private final TestLedger ledger = new TestLedger(PARTITIONS);
    private final LocalView view = new LocalView(PARTITIONS);
    private final MockConsumer<byte[], byte[]> kafka = new MockConsumer<>("none");
    private final RecordedSpans spans = new RecordedSpans();
    private final EventStreamReader reader =
            new EventStreamReader(
                    kafka,
                    view,
                    Snapshots.none(),
                    _ -> {},
                    Tracing.to(SimpleSpanProcessor.create(spans), 0, Resource.empty()));
    private long offset;

    @BeforeEach
    void aTopicWithTwoEventsAtTheStart() {
        partitionsOfTheTopic(PARTITIONS);
        kafka.updateBeginningOffsets(Map.of(PARTITION, 0L));
        kafka.updateEndOffsets(Map.of(PARTITION, 2L));
    }

    @AfterEach
    void stop() {
        reader.close();
        assertThat(kafka.closed()).isTrue();
    }

    /** Not one check is answered before the last event that was there at the start is in. */
    @Test
    void theViewIsReadyOnlyOnceItHasCaughtUp() {
        kafka.schedulePollTask(() -> deliver(next()));
        reader.start();
        awaitEvents(1);
        assertThat(view.status()).isEqualTo(new ViewStatus.CatchingUp());

        kafka.schedulePollTask(() -> deliver(next()));
        awaitStatus(new ViewStatus.Ready());
        assertThat(view.eventsApplied()).isEqualTo(2);
    }

    /** What cannot be read is not skipped. */
    @Test
    void anUnreadableEventStopsTheViewForGood() {
        reader.start();
        catchUp();

        kafka.schedulePollTask(() -> {
            ConsumerRecord<byte[], byte[]> record = received(next());
            record.headers().remove("ce_type");
            record.headers().add("ce_type", "x.y.z.v1".getBytes(StandardCharsets.UTF_8));
            kafka.addRecord(record);
        });

        assertThat(awaitStopped()).contains("x.y.z.v1").contains("offset 2");
    }

    /** Whatever ends the reader ends the answers too, also what no program expects. */
    @Test
    void anErrorStopsTheViewForGood() {
        reader.start();
        catchUp();

        kafka.schedulePollTask(() -> {
            throw new OutOfMemoryError();
        });

        assertThat(awaitStopped()).contains("OutOfMemoryError");
    }

    /** Kafka going away for a while takes nothing from the view, and its return is noticed. */
    @Test
    void aLostKafkaIsTriedAgainWhileTheViewStaysReady() {
        reader.start();
        catchUp();

        kafka.schedulePollTask(() -> kafka.setPollException(new TimeoutException("away")));
        kafka.schedulePollTask(() -> deliver(next()));

        awaitEvents(3);
        assertThat(view.ready()).isTrue();
    }

    /** The trace of an event ends where it is in force; that of an old one has ended long ago. */
    @Test
    void aTracedEventHasASpanOnceTheViewIsReady() {
        reader.start();
        kafka.schedulePollTask(() -> kafka.addRecord(traced(next(), "1".repeat(32))));
        kafka.schedulePollTask(() -> deliver(next()));
        awaitStatus(new ViewStatus.Ready());
        kafka.schedulePollTask(() -> kafka.addRecord(traced(next(), "2".repeat(32))));
        kafka.schedulePollTask(() -> deliver(next()));

        Await.until(LIMIT, "the span has ended", () -> !spans.all().isEmpty());
        assertThat(view.eventsApplied()).isGreaterThanOrEqualTo(3);
        assertThat(spans.all())
                .extracting(SpanData::getTraceId, span -> span.getStatus().getStatusCode())
                .containsExactly(tuple("2".repeat(32), StatusCode.UNSET));
    }

    private ConsumerRecord<byte[], byte[]> traced(StoredEvent event, String trace) {
        ConsumerRecord<byte[], byte[]> record = received(event);
        CloudEventHeaders.addTrace(record.headers(), new TraceParent(trace, "b".repeat(16)));
        return record;
    }

    /** A ledger with another number of partitions is not this instance's ledger. */
    @Test
    void anotherNumberOfPartitionsIsRefused() {
        partitionsOfTheTopic(3);
        reader.start();
        assertThat(awaitStopped()).contains("ledger.events has 3 partitions");
    }

    private void partitionsOfTheTopic(int count) {
        List<PartitionInfo> partitions =
                IntStream.range(0, count)
                        .mapToObj(p -> new PartitionInfo(Topics.EVENTS, p, null, null, null))
                        .toList();
        kafka.updatePartitions(Topics.EVENTS, partitions);
    }

    private void catchUp() {
        kafka.schedulePollTask(() -> deliver(next()));
        kafka.schedulePollTask(() -> deliver(next()));
        awaitStatus(new ViewStatus.Ready());
    }

    private StoredEvent next() {
        return ledger.record(ACCOUNT, new AccountOpened("Acme"));
    }

    private void deliver(StoredEvent event) {
        kafka.addRecord(received(event));
    }

    private ConsumerRecord<byte[], byte[]> received(StoredEvent event) {
        return FakeTopic.received(event, offset++);
    }

    private void awaitEvents(long count) {
        Await.until(LIMIT, count + " events", view::eventsApplied, applied -> applied == count);
    }

    private void awaitStatus(ViewStatus status) {
        Await.until(LIMIT, "status " + status, view::status, status::equals);
    }

    private String awaitStopped() {
        return Await.until(LIMIT, "the end", view::status, ViewStatus.Stopped.class::isInstance)
                .reason();
    }
}
