package com.tokaify.ledger.command.seal;

import java.time.Duration;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Down while what is recorded is not sealed, or seals are not told, and says why. Not part of
 * readiness, since commands are taken all the same.
 */
final class SealerHealth implements HealthIndicator {
    private final SealProgress progress;
    private final Duration limit;

    /**
     * @param every how often is sealed
     */
    SealerHealth(SealProgress progress, Duration every) {
        this.progress = progress;
        this.limit = every.plusSeconds(30);
    }

    @Override
    public Health health() {
        Duration age = progress.age();
        boolean fine =
                age.compareTo(limit) <= 0
                        && progress.sealingTrouble().isEmpty()
                        && progress.publishingTrouble().isEmpty();
        Health.Builder health =
                (fine ? Health.up() : Health.down())
                        .withDetail("sealedEverythingMillisAgo", age.toMillis());
        progress.sealingTrouble().ifPresent(why -> health.withDetail("sealing", why));
        progress.publishingTrouble().ifPresent(why -> health.withDetail("publishing", why));
        return health.build();
    }
}
