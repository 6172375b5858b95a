package com.tokaify.ledger.command.seal;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.concurrent.TimeUnit;

/** How far sealing is behind, for those who watch many instances. */
final class SealMetrics implements MeterBinder {
    private final SealProgress progress;

    SealMetrics(SealProgress progress) {
        this.progress = progress;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        TimeGauge.builder(
                        "ledger.sealer.age",
                        progress,
                        TimeUnit.MILLISECONDS,
                        each -> each.age().toMillis())
                .description("How long ago everything was sealed that was in the store")
                .register(registry);
    }
}
