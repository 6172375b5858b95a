package com.tokaify.ledger.command.decision;

import com.tokaify.ledger.events.Actor;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * When, by whom and in which request a command was given. The domain knows no other clock.
 *
 * @param at in whole microseconds, as the event store keeps it; becomes the events' {@code
 *     recordedAt}
 * @param requestId becomes the events' correlation id
 */
public record CommandContext(Instant at, Actor actor, String requestId) {
    public CommandContext {
        at = at.truncatedTo(ChronoUnit.MICROS);
    }
}
