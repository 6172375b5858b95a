package com.tokaify.ledger.enforcement.status;

import com.tokaify.ledger.enforcement.view.LocalView;
import com.tokaify.ledger.enforcement.view.ViewStatus;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * The view's word in {@code /actuator/health/readiness}: load balancers keep away until it can
 * answer.
 */
public final class ViewHealthIndicator implements HealthIndicator {
    private final LocalView view;

    public ViewHealthIndicator(LocalView view) {
        this.view = view;
    }

    @Override
    public Health health() {
        ViewStatus status = view.status();
        Health.Builder health =
                switch (status) {
                    case ViewStatus.Ready _ -> Health.up();
                    case ViewStatus.WaitingForStream _, ViewStatus.CatchingUp _ ->
                            Health.outOfService();
                    case ViewStatus.Stopped _ -> Health.down();
                };
        return health.withDetail("reason", status.reason()).build();
    }
}
