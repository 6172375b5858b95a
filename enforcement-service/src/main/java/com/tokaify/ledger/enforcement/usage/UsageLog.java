package com.tokaify.ledger.enforcement.usage;

import com.tokaify.ledger.events.kafka.Partitioning;
import com.tokaify.ledger.events.usage.UsageRecords;
import com.tokaify.ledger.events.usage.UsageReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Puts reports on {@code ledger.usage}. Durable when {@link #record} returns: all in-sync replicas
 * have them. Any number of threads; each waits for its own acknowledgements and no longer than the
 * time-out.
 */
public final class UsageLog implements UsageRecorder, AutoCloseable {
    private final Producer<byte[], byte[]> producer;
    private final Partitioning partitioning;
    private final Duration timeout;

    public UsageLog(
            Producer<byte[], byte[]> producer, Partitioning partitioning, Duration timeout) {
        this.producer = producer;
        this.partitioning = partitioning;
        this.timeout = timeout;
    }

    /**
     * @param timeout bounds waiting for metadata or buffer space as well as delivery
     */
    public static Producer<byte[], byte[]> producer(String bootstrap, Duration timeout) {
        int millis = Math.toIntExact(timeout.toMillis());
        return new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrap,
                        ProducerConfig.CLIENT_ID_CONFIG,
                        "enforcement-usage",
                        ProducerConfig.ACKS_CONFIG,
                        "all",
                        ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                        true,
                        // Gateways wait for the answer; concurrent requests fill batches anyway.
                        ProducerConfig.LINGER_MS_CONFIG,
                        0,
                        ProducerConfig.MAX_BLOCK_MS_CONFIG,
                        millis,
                        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                        millis,
                        // Half, so that one lost answer leaves time for a second try.
                        ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                        millis / 2),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** Returns once Kafka has acknowledged every report. */
    @Override
    public void record(List<UsageReport> reports) throws UsageNotRecorded, InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        List<Future<RecordMetadata>> acknowledgements = new ArrayList<>(reports.size());
        try {
            for (UsageReport report : reports) {
                Future<RecordMetadata> acknowledgement =
                        producer.send(UsageRecords.write(report, partitioning));
                acknowledgements.add(acknowledgement);
                if (acknowledgement.isDone() || deadline - System.nanoTime() < 0) {
                    // Refused at once, e.g. without metadata: the next ones would only wait too.
                    await(acknowledgement, deadline);
                }
            }
            for (Future<RecordMetadata> acknowledgement : acknowledgements) {
                await(acknowledgement, deadline);
            }
        } catch (InterruptException e) {
            Thread.interrupted();
            throw (InterruptedException) new InterruptedException("sending").initCause(e);
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            throw new UsageNotRecorded("Kafka has not acknowledged the usage in time.", e);
        }
    }

    private static void await(Future<RecordMetadata> acknowledgement, long deadline)
            throws ExecutionException, TimeoutException, InterruptedException {
        acknowledgement.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void close() {
        producer.close(timeout);
    }
}
