package com.tokaify.ledger.command.decision;

import com.tokaify.ledger.events.Actor;
import com.tokaify.ledger.events.InvalidField;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * When, by whom, in which request and on what condition a command was given. The domain knows no
 * other clock.
 *
 * @param at in whole microseconds, as the event store keeps it; becomes the events' {@code
 *     recordedAt}
 * @param requestId becomes the events' correlation id
 * @param ifUnchangedSince the sequence its giver has seen: refused where a later event changed what
 *     people set; null is no condition
 */
public record CommandContext(
        Instant at, Actor actor, String requestId, @Nullable Long ifUnchangedSince) {
    public CommandContext {
        at = at.truncatedTo(ChronoUnit.MICROS);
    }

    public CommandContext(Instant at, Actor actor, String requestId) {
        this(at, actor, requestId, null);
    }

    /** The same without a condition, for what is asked on the way to the command. */
    public CommandContext unconditional() {
        return new CommandContext(at, actor, requestId);
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
