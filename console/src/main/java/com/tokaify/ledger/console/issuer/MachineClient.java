package com.tokaify.ledger.console.issuer;

import com.tokaify.ledger.console.Grant;
import java.time.Instant;

/**
 * A program that gets tokens for itself, by client credentials.
 *
 * @param secretDigest of its secret, which nobody keeps
 */
record MachineClient(String clientId, String secretDigest, Grant grant, Instant createdAt) {}
