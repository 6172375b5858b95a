package com.tokaify.ledger.enforcement.metrics;

import com.tokaify.ledger.enforcement.rate.RateMeters;
import com.tokaify.ledger.enforcement.stream.EventStreamReader;
import com.tokaify.ledger.enforcement.view.LocalView;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.concurrent.TimeUnit;

/**
 * What this instance tells of itself: what it decided, what it knows and how far behind it is. Each
 * number is read from where it is kept whenever somebody asks; nothing is measured beside it.
 */
public final class InstanceMetrics implements MeterBinder {
    private final DecisionCounts decisions;
    private final LocalView view;
    private final EventStreamReader reader;
    private final RateMeters rates;

    public InstanceMetrics(
            DecisionCounts decisions, LocalView view, EventStreamReader reader, RateMeters rates) {
        this.decisions = decisions;
        this.view = view;
        this.reader = reader;
        this.rates = rates;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        decisions.export(registry);
        Gauge.builder("ledger.view.ready", view, v -> v.ready() ? 1 : 0)
                .description("1 while checks are answered")
                .register(registry);
        Gauge.builder("ledger.view.behind", reader, EventStreamReader::behind)
                .description("Records known to be in Kafka and not yet in the view")
                .register(registry);
        TimeGauge.builder("ledger.view.age", view, TimeUnit.MILLISECONDS, v -> v.age().toMillis())
                .description("How long ago Kafka last answered")
                .register(registry);
        Gauge.builder("ledger.view.tokens", view, LocalView::tokens)
                .description("Tokens in the view")
                .register(registry);
        Gauge.builder("ledger.view.accounts", view, LocalView::accounts)
                .description("Accounts in the view")
                .register(registry);
        FunctionCounter.builder("ledger.view.events", view, LocalView::eventsApplied)
                .description("Events folded into the view")
                .register(registry);
        Gauge.builder("ledger.rate.meters", rates, RateMeters::size)
                .description("Tokens whose rate limits are being counted")
                .register(registry);
    }
}
