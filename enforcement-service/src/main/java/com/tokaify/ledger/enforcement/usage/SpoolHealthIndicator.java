package com.tokaify.ledger.enforcement.usage;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * How much usage waits on this instance's disk, in {@code /actuator/health}. Down while a damaged
 * file waits for an operator; checks go on, so readiness does not ask.
 */
public final class SpoolHealthIndicator implements HealthIndicator {
    private final UsageSpool spool;

    public SpoolHealthIndicator(UsageSpool spool) {
        this.spool = spool;
    }

    @Override
    public Health health() {
        UsageSpool.Fill fill = spool.fill();
        Health.Builder health = fill.quarantinedFiles() == 0 ? Health.up() : Health.down();
        return health.withDetail("spooledBytes", fill.bytes())
                .withDetail("maxBytes", fill.maxBytes())
                .withDetail("spooledReports", fill.reports())
                .withDetail("quarantinedFiles", fill.quarantinedFiles())
                .build();
    }
}
