package com.tokaify.ledger.command.startup;

import com.tokaify.ledger.command.bus.LedgerGate;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Ready when the gate is open; otherwise says what it waits for, or why it is halted. */
public final class LedgerHealth implements HealthIndicator {
    private final LedgerGate gate;

    public LedgerHealth(LedgerGate gate) {
        this.gate = gate;
    }

    @Override
    public Health health() {
        return switch (gate.state()) {
            case LedgerGate.State.Open _ -> Health.up().build();
            case LedgerGate.State.Starting(String waitingFor) ->
                    Health.outOfService().withDetail("waitingFor", waitingFor).build();
            case LedgerGate.State.Halted(String reason) ->
                    Health.down().withDetail("reason", reason).build();
        };
    }
}
