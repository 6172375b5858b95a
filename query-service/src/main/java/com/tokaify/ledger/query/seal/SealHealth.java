package com.tokaify.ledger.query.seal;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Down while seals are not followed, and says why. No part of readiness: views answer anyway. */
final class SealHealth implements HealthIndicator {
    private final SealTail tail;

    SealHealth(SealTail tail) {
        this.tail = tail;
    }

    @Override
    public Health health() {
        return tail.trouble()
                .map(why -> Health.down().withDetail("reason", why).build())
                .orElseGet(() -> Health.up().build());
    }
}
