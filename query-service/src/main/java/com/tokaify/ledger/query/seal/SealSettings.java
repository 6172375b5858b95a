package com.tokaify.ledger.query.seal;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * @param verifierKey the key that verifies checkpoints, or the file that holds it, which may come
 *     later; empty publishes what comes unverified
 */
@ConfigurationProperties("ledger.seal")
public record SealSettings(String verifierKey) {}
