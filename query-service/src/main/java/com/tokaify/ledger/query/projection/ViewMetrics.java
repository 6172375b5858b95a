package com.tokaify.ledger.query.projection;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * How the views follow the stream, for those who watch many instances. Read from where it is kept
 * whenever somebody asks.
 */
public final class ViewMetrics implements MeterBinder {
    private final StreamProgress progress;
    private final ViewState state;

    ViewMetrics(StreamProgress progress, ViewState state) {
        this.progress = progress;
        this.state = state;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("ledger.view.behind", progress, StreamProgress::lag)
                .description("Records known to be in Kafka and not yet in the views")
                .register(registry);
        TimeGauge.builder("ledger.view.age", progress, TimeUnit.MILLISECONDS, ViewMetrics::age)
                .description("How long ago everything was in the views that was committed then")
                .register(registry);
        Gauge.builder("ledger.view.stopped", state, each -> each.stops().size())
                .description("Partitions that cannot be followed any further")
                .register(registry);
        FunctionCounter.builder("ledger.view.events", progress, each -> each.read().events())
                .description("Events applied to the views")
                .register(registry);
        FunctionTimer.builder(
                        "ledger.view.batch",
                        progress,
                        each -> each.read().batches(),
                        each -> each.read().batchNanos(),
                        TimeUnit.NANOSECONDS)
                .description("Batches applied to the views, each in one transaction")
                .register(registry);
    }

    private static double age(StreamProgress progress) {
        return progress.age().map(Duration::toMillis).map(Long::doubleValue).orElse(Double.NaN);
    }
}
