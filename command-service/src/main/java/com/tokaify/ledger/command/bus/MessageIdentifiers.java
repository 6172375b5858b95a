package com.tokaify.ledger.command.bus;

import java.util.concurrent.ThreadLocalRandom;
import org.axonframework.common.IdentifierFactory;

/**
 * Names Axon's messages, of which every command takes several; they live as long as one batch and
 * are never stored. Axon's own names are secure random UUIDs, for which lanes and callers would
 * queue at one generator. Found by Axon through {@code META-INF/services}. Thread-safe.
 */
public final class MessageIdentifiers extends IdentifierFactory {
    @Override
    public String generateIdentifier() {
        return Long.toHexString(ThreadLocalRandom.current().nextLong());
    }
}
