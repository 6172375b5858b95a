package com.tokaify.ledger.command.startup;

import com.tokaify.ledger.command.relay.RelayProgress;
import java.time.Duration;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Down while Kafka is not told what is recorded here. Nobody else can know: to all readers of Kafka
 * a relay that stands still is a ledger in which nothing happens. Not part of readiness, since
 * commands are taken all the same.
 */
public final class RelayHealth implements HealthIndicator {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final RelayProgress progress;

    public RelayHealth(RelayProgress progress) {
        this.progress = progress;
    }

    @Override
    public Health health() {
        Duration age = progress.age();
        return (age.compareTo(LIMIT) <= 0 ? Health.up() : Health.down())
                .withDetail("toldEverythingMillisAgo", age.toMillis())
                .build();
    }
}
