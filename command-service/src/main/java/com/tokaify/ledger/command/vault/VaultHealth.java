package com.tokaify.ledger.command.vault;

import java.util.Objects;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Says when secrets can neither be kept nor shown, and why. No part of readiness: tokens are
 * validated and consumed without the vault.
 */
final class VaultHealth implements HealthIndicator {
    private final KeyEncryption keys;
    private final KeyInForce inForce;

    VaultHealth(KeyEncryption keys, KeyInForce inForce) {
        this.keys = keys;
        this.inForce = inForce;
    }

    @Override
    public Health health() {
        try {
            inForce.mustBeAgreed();
            return Health.up().withDetail("keyId", keys.currentKeyId()).build();
        } catch (VaultUnavailable e) {
            return Health.down()
                    .withDetail("reason", Objects.requireNonNull(e.getMessage()))
                    .build();
        }
    }
}
