package com.tokaify.ledger.enforcement.metrics;

import com.tokaify.ledger.enforcement.usage.UsageSpool;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/** How much usage waits on this instance's disk, and how much more may. */
public final class SpoolMetrics implements MeterBinder {
    private final UsageSpool spool;

    public SpoolMetrics(UsageSpool spool) {
        this.spool = spool;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("ledger.spool.used", spool, s -> s.fill().bytes())
                .description("Bytes of usage that wait on disk for Kafka")
                .baseUnit("bytes")
                .register(registry);
        Gauge.builder("ledger.spool.size", spool, s -> s.fill().maxBytes())
                .description("Bytes that may wait there before usage is refused")
                .baseUnit("bytes")
                .register(registry);
        Gauge.builder("ledger.spool.reports", spool, s -> s.fill().reports())
                .description("Reports of usage that wait on disk for Kafka")
                .register(registry);
        Gauge.builder("ledger.spool.quarantined", spool, s -> s.fill().quarantinedFiles())
                .description("Damaged files that wait for an operator")
                .register(registry);
    }
}
