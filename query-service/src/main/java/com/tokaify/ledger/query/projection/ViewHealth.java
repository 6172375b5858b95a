package com.tokaify.ledger.query.projection;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * The view's part in the service's readiness: down until it has caught up, while it stands still,
 * and as long as a partition has stopped. Kafka being away is no reason: the view goes on answering
 * with what it has.
 */
public final class ViewHealth implements HealthIndicator {
    private final ViewState state;

    public ViewHealth(ViewState state) {
        this.state = state;
    }

    @Override
    public Health health() {
        var complaints = state.complaints();
        return (complaints.isEmpty() ? Health.up() : Health.down()).withDetails(complaints).build();
    }
}
