package com.tokaify.ledger.enforcement.status;

import com.tokaify.ledger.enforcement.view.LocalView;
import com.tokaify.ledger.enforcement.view.ViewStatus;
import java.time.Duration;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * The view's word in {@code /actuator/health/readiness}: load balancers keep away until it can
 * answer.
 */
public final class ViewHealthIndicator implements HealthIndicator {
    private static final String REASON = "reason";

    private final LocalView view;

    public ViewHealthIndicator(LocalView view) {
        this.view = view;
    }

    @Override
    public Health health() {
        ViewStatus status = view.status();
        return switch (status) {
            case ViewStatus.Ready _ -> ofReady(status);
            case ViewStatus.WaitingForStream _, ViewStatus.CatchingUp _, ViewStatus.Rebuilding _ ->
                    Health.outOfService().withDetail(REASON, status.reason()).build();
            case ViewStatus.Stopped _ -> Health.down().withDetail(REASON, status.reason()).build();
        };
    }

    private Health ofReady(ViewStatus status) {
        Health.Builder health = view.mayDecide() ? Health.up() : Health.outOfService();
        return health.withDetail(REASON, view.stale() ? staleFor(view.age()) : status.reason())
                .build();
    }

    static String staleFor(Duration age) {
        return "Kafka has not confirmed what is known here for " + age.toSeconds() + " s";
    }
}
