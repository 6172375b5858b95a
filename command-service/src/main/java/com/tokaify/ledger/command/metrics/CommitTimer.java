package com.tokaify.ledger.command.metrics;

import com.tokaify.ledger.command.store.CommitMeter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** How long transactions of the event store take, and how much is written in each. */
public final class CommitTimer implements CommitMeter {
    private final Timer time;
    private final DistributionSummary sizes;

    public CommitTimer(MeterRegistry registry) {
        this.time =
                Timer.builder("ledger.commit")
                        .description("From the first statement of a transaction to its commit")
                        .publishPercentileHistogram()
                        .minimumExpectedValue(Duration.ofNanos(500_000))
                        .maximumExpectedValue(Duration.ofSeconds(10))
                        .register(registry);
        this.sizes =
                DistributionSummary.builder("ledger.commit.events")
                        .description("Events written in one transaction")
                        .register(registry);
    }

    @Override
    public void committed(int events, long nanos) {
        time.record(nanos, TimeUnit.NANOSECONDS);
        sizes.record(events);
    }
}
