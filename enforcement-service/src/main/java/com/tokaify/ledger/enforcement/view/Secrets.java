package com.tokaify.ledger.enforcement.view;

import com.tokaify.ledger.events.secret.LookupHash;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The hashes a token is found by: its secret's, and for a while after a rotation that of the secret
 * before. Never more than these two, so that rotating once more ends an old secret for certain.
 *
 * @param previousValidUntil from this instant on the previous one is refused
 */
public record Secrets(
        LookupHash current, @Nullable LookupHash previous, @Nullable Instant previousValidUntil) {

    static Secrets of(LookupHash current) {
        return new Secrets(current, null, null);
    }

    Secrets rotated(LookupHash next, @Nullable Instant currentValidUntil) {
        return currentValidUntil == null ? of(next) : new Secrets(next, current, currentValidUntil);
    }

    /** Whether the secret with this hash may still be used. */
    public boolean accept(LookupHash hash, Instant now) {
        return hash.equals(current)
                || (hash.equals(previous)
                        && previousValidUntil != null
                        && now.isBefore(previousValidUntil));
    }

    Set<LookupHash> all() {
        return previous == null ? Set.of(current) : Set.of(current, previous);
    }
}
