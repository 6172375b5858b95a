package com.tokaify.ledger.enforcement.usage;

import com.tokaify.ledger.events.usage.UsageReport;
import com.tokaify.ledger.service.worker.Worker;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Kafka first; where it does not acknowledge in time, this instance's disk. Durable when {@link
 * #record} returns, on the one or the other.
 *
 * <p>Any number of threads record. One named thread brings what was spooled to Kafka, oldest first,
 * and so finds out when Kafka is back; until then nobody else waits for it. What reached Kafka
 * though its acknowledgement did not reach us is on both, and booked once.
 */
public final class SpooledUsage implements UsageRecorder, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SpooledUsage.class);
    private static final Duration RETRY = Duration.ofMillis(250);
    private static final Duration STOP = Duration.ofSeconds(10);
    private static final int MOST = 1000;

    private final UsageLog kafka;
    private final UsageSpool spool;
    private final Worker forwarder = new Worker("usage-spool-forwarder", this::forward);
    private volatile boolean away;

    /** Few where Kafka was too slow for more in one time-out. Only the forwarder uses it. */
    private int enough = MOST;

    public SpooledUsage(UsageLog kafka, UsageSpool spool) {
        this.kafka = kafka;
        this.spool = spool;
    }

    public void start() {
        forwarder.start();
    }

    @Override
    public void record(List<UsageReport> reports) throws UsageNotRecorded, InterruptedException {
        // With an empty spool nothing would find out that Kafka is back.
        if (away && !spool.isEmpty()) {
            spool.append(reports);
            return;
        }
        try {
            kafka.record(reports);
        } catch (UsageNotRecorded e) {
            spool.append(reports);
            if (!away) {
                LOG.warn("usage goes to the spool: {}", e.getMessage());
            }
            away = true;
        }
    }

    private void forward() {
        try {
            while (!forwarder.isClosing()) {
                forwardNext();
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts the forwarder", e);
        }
    }

    private void forwardNext() throws InterruptedException {
        try {
            UsageSpool.Batch batch = next();
            if (batch != null && sent(batch)) {
                spool.forwarded(batch);
            }
        } catch (RuntimeException e) {
            // Usage waits behind this thread: it must not die of what nobody expected.
            LOG.error("forwarding spooled usage failed unexpectedly, trying again", e);
            forwarder.pause(RETRY);
        }
    }

    private UsageSpool.@Nullable Batch next() throws InterruptedException {
        try {
            return spool.next(enough, RETRY.toMillis(), TimeUnit.MILLISECONDS);
        } catch (IOException e) {
            LOG.error("the usage spool cannot be read, trying again", e);
            forwarder.pause(RETRY);
            return null;
        }
    }

    private boolean sent(UsageSpool.Batch batch) throws InterruptedException {
        try {
            if (batch.reports().isEmpty()) {
                return true; // a torn end, or damage
            }
            kafka.record(batch.reports());
            if (away) {
                LOG.info("Kafka takes usage again");
            }
            away = false;
            enough = Math.min(MOST, 2 * enough);
            return true;
        } catch (UsageNotRecorded e) {
            LOG.debug("Kafka is still away", e);
            away = true;
            enough = Math.max(1, enough / 4);
            forwarder.pause(RETRY);
            return false;
        }
    }

    /** What is not on Kafka stays on disk. */
    @Override
    public void close() {
        boolean _ = forwarder.close(STOP);
    }
}
