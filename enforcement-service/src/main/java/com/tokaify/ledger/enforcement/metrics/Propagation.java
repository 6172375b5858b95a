package com.tokaify.ledger.enforcement.metrics;

import com.tokaify.ledger.enforcement.view.LocalView;
import com.tokaify.ledger.events.RecordedEvent;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How long it takes from when command-service records an event until this instance decides by it.
 * Told by the one thread that writes the view. What was recorded before this instance was ready
 * says nothing of that and is not counted. Both clocks count, so it is as good as they agree; one
 * that is ahead gives no less than nothing.
 */
public final class Propagation implements Consumer<RecordedEvent> {
    private static final int LATEST = 1_000;

    private final LocalView view;
    private final InstantSource clock;
    private final Timer timer;
    private final LatestDelays latest = new LatestDelays(LATEST);

    public Propagation(LocalView view, InstantSource clock, MeterRegistry registry) {
        this.view = view;
        this.clock = clock;
        this.timer =
                Timer.builder("ledger.propagation")
                        .description("From an event's record to its effect on decisions here")
                        .publishPercentileHistogram()
                        .minimumExpectedValue(Duration.ofMillis(1))
                        .maximumExpectedValue(Duration.ofMinutes(1))
                        .register(registry);
    }

    /** The event is wholly in the view. */
    @Override
    public void accept(RecordedEvent applied) {
        if (view.ready()) {
            Duration since = Duration.between(applied.recordedAt(), clock.instant());
            Duration took = since.isNegative() ? Duration.ZERO : since;
            timer.record(took);
            latest.add(took);
        }
    }

    /** Of the latest 1,000 events at most; null where none has come since this was ready. */
    public @Nullable DelaySummary latest() {
        return latest.summary();
    }
}
