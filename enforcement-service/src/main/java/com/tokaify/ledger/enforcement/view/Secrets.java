package com.tokaify.ledger.enforcement.view;

import com.tokaify.ledger.events.secret.LookupHash;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The hashes a token is found by: its secret's, and for a while after a rotation that of the secret
 * before. Never more than these two, so that rotating once more ends an old secret for certain.
 */
public sealed interface Secrets {

    LookupHash current();

    /** Which of them this is, if it may still be used. */
    Optional<UsedSecret> accept(LookupHash hash, Instant now);

    Set<LookupHash> all();

    /** What nearly every token has. */
    record Single(LookupHash current) implements Secrets {
        @Override
        public Optional<UsedSecret> accept(LookupHash hash, Instant now) {
            return hash.equals(current) ? Optional.of(UsedSecret.CURRENT) : Optional.empty();
        }

        @Override
        public Set<LookupHash> all() {
            return Set.of(current);
        }
    }

    /**
     * @param previousValidUntil from this instant on the previous one is refused
     */
    record Rotated(LookupHash current, LookupHash previous, Instant previousValidUntil)
            implements Secrets {
        @Override
        public Optional<UsedSecret> accept(LookupHash hash, Instant now) {
            if (hash.equals(current)) {
                return Optional.of(UsedSecret.CURRENT);
            }
            return hash.equals(previous) && now.isBefore(previousValidUntil)
                    ? Optional.of(UsedSecret.PREVIOUS)
                    : Optional.empty();
        }

        @Override
        public Set<LookupHash> all() {
            return Set.of(current, previous);
        }
    }

    default Secrets rotated(LookupHash next, @Nullable Instant currentValidUntil) {
        return currentValidUntil == null
                ? new Single(next)
                : new Rotated(next, current(), currentValidUntil);
    }
}
