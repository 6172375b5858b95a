package com.tokaify.ledger.command.decision;

import com.tokaify.ledger.events.Actor;
import com.tokaify.ledger.events.InvalidField;
import com.tokaify.ledger.service.access.Scope;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * When, by whom, in which request and on what condition a command was given. The domain knows no
 * other clock.
 *
 * @param at in whole microseconds, as the event store keeps it; becomes the events' {@code
 *     recordedAt}
 * @param scope whose things its giver may touch; the others are not there for him
 * @param requestId becomes the events' correlation id
 * @param ifUnchangedSince the sequence its giver has seen: refused where a later event changed what
 *     people set; null is no condition
 */
public record CommandContext(
        Instant at, Actor actor, Scope scope, String requestId, @Nullable Long ifUnchangedSince) {
    public CommandContext {
        at = at.truncatedTo(ChronoUnit.MICROS);
    }

    /** Without a condition, and about whatever there is: for what the ledger does by itself. */
    public CommandContext(Instant at, Actor actor, String requestId) {
        this(at, actor, new Scope.EveryAccount(), requestId, null);
    }

    /** The same on the condition that nothing was set since this sequence; null is none. */
    public CommandContext onCondition(@Nullable Long unchangedSince) {
        return new CommandContext(at, actor, scope, requestId, unchangedSince);
    }

    /** The same without a condition, for what is asked on the way to the command. */
    public CommandContext unconditional() {
        return onCondition(null);
    }

    /**
     * @throws InvalidField where the instant is not still to come
     */
    public void requireFuture(String field, @Nullable Instant instant) {
        if (instant != null && !instant.isAfter(at)) {
            throw new InvalidField(field, "must be in the future");
        }
    }
}
