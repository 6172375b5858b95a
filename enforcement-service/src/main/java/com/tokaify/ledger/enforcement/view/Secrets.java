package com.tokaify.ledger.enforcement.view;

import com.tokaify.ledger.events.secret.LookupHash;
import java.time.Instant;
import java.util.Set;

/**
 * What a token is found by: its secret's key, and for a while after a rotation that of the secret
 * before. Never more than these two, so that rotating once more ends an old secret for certain.
 */
public sealed interface Secrets {

    LookupKey current();

    Set<LookupKey> all();

    /** What nearly every token has. */
    record Single(LookupKey current) implements Secrets {
        public Single(LookupHash current) {
            this(LookupKey.of(current));
        }

        @Override
        public Set<LookupKey> all() {
            return Set.of(current);
        }
    }

    /**
     * @param previousValidUntil from this instant on the previous one is refused
     */
    record Rotated(LookupKey current, LookupKey previous, Instant previousValidUntil)
            implements Secrets {
        public Rotated(LookupHash current, LookupHash previous, Instant previousValidUntil) {
            this(LookupKey.of(current), LookupKey.of(previous), previousValidUntil);
        }

        @Override
        public Set<LookupKey> all() {
            return Set.of(current, previous);
        }
    }
}
