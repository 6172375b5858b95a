package com.tokaify.ledger.console.user;

import com.tokaify.ledger.console.Grant;
import com.tokaify.ledger.events.id.UserId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Somebody the embedded issuer knows. Only the id ever leaves the console's database.
 *
 * @param name what they sign in with; absent until they have chosen one
 * @param hasPassword false until they have chosen one
 */
public record User(
        UserId userId,
        @Nullable String name,
        Grant grant,
        boolean hasPassword,
        Instant createdAt,
        @Nullable Instant lastSignedInAt,
        @Nullable Instant disabledAt) {

    /** Of a user at one time. */
    public enum State {
        INVITED,
        ACTIVE,
        DISABLED
    }

    public State state() {
        if (disabledAt != null) {
            return State.DISABLED;
        }
        return hasPassword ? State.ACTIVE : State.INVITED;
    }

    /** Whether they may sign in. */
    public boolean isActive() {
        return state() == State.ACTIVE;
    }

    /** For people to read. */
    public String shownName() {
        return name == null ? userId.toString() : name;
    }
}
