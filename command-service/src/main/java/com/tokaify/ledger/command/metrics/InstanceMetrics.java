package com.tokaify.ledger.command.metrics;

import com.tokaify.ledger.command.bus.CommandCounts;
import com.tokaify.ledger.command.bus.GroupCommitCommandBus;
import com.tokaify.ledger.command.bus.LedgerGate;
import com.tokaify.ledger.command.decision.Refusal;
import com.tokaify.ledger.command.relay.RelayProgress;
import com.tokaify.ledger.command.usage.UsageIntake;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/**
 * What this instance tells of itself: how commands ended, what waits, and how far Kafka is behind
 * the store. Each number is read from where it is kept whenever somebody asks; nothing is measured
 * beside it.
 */
public final class InstanceMetrics implements MeterBinder {
    private final LedgerGate gate;
    private final GroupCommitCommandBus bus;
    private final RelayProgress relay;
    private final UsageIntake intake;

    public InstanceMetrics(
            LedgerGate gate, GroupCommitCommandBus bus, RelayProgress relay, UsageIntake intake) {
        this.gate = gate;
        this.bus = bus;
        this.relay = relay;
        this.intake = intake;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("ledger.open", gate, g -> g.state() instanceof LedgerGate.State.Open ? 1 : 0)
                .description("1 while commands are taken")
                .register(registry);
        commands(registry);
        for (int lane = 0; lane < bus.lanes(); lane++) {
            int number = lane;
            Gauge.builder("ledger.lane.waiting", bus, b -> b.waiting(number))
                    .description("Works that wait for a lane")
                    .tag("lane", Integer.toString(lane))
                    .register(registry);
        }
        Gauge.builder("ledger.relay.leading", relay, r -> r.isLeading() ? 1 : 0)
                .description("1 where this instance relays to Kafka, 0 where another does")
                .register(registry);
        Gauge.builder("ledger.relay.behind", relay, RelayProgress::behind)
                .description("Events in the store and not on Kafka, when the relay last compared")
                .register(registry);
        TimeGauge.builder("ledger.relay.age", relay, TimeUnit.MILLISECONDS, r -> r.age().toMillis())
                .description("How long ago Kafka had everything that was in the store")
                .register(registry);
        FunctionCounter.builder("ledger.usage.reports", intake, UsageIntake::read)
                .description("Reports of usage read from Kafka and dealt with")
                .register(registry);
        FunctionCounter.builder("ledger.usage.unbooked", intake, UsageIntake::unbooked)
                .description(
                        "Reports of usage that could not be booked and are kept to be looked at")
                .register(registry);
        Gauge.builder("ledger.usage.behind", intake, UsageIntake::behind)
                .description("Reports of usage in this instance's partitions and not read yet")
                .register(registry);
    }

    private void commands(MeterRegistry registry) {
        outcome(registry, "COMMITTED", CommandCounts::committed);
        outcome(registry, "UNDECIDED", CommandCounts::undecided);
        for (Refusal refusal : Refusal.values()) {
            outcome(registry, refusal.name(), counts -> counts.refused(refusal));
        }
    }

    private void outcome(
            MeterRegistry registry, String outcome, ToDoubleFunction<CommandCounts> count) {
        FunctionCounter.builder("ledger.commands", bus.counts(), count)
                .description("Commands by how they ended: COMMITTED, refused by a code, UNDECIDED")
                .tag("outcome", outcome)
                .register(registry);
    }
}
