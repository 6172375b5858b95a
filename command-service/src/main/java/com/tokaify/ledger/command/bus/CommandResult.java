package com.tokaify.ledger.command.bus;

import com.tokaify.ledger.command.decision.Refusal;
import com.tokaify.ledger.events.Position;

/**
 * What became of a command, once that is durable.
 *
 * @param <A> the command's answer
 */
public sealed interface CommandResult<A> {

    /**
     * @param position up to where a reader must have come to see what this command did
     * @param sequence the place of the stream's last event; the command's ETag
     */
    record Committed<A>(A answer, Position position, long sequence) implements CommandResult<A> {
        /** Of a stream that is no longer in memory when a command changed nothing. */
        public static final long UNKNOWN_SEQUENCE = -1;
    }

    record Refused<A>(Refusal refusal, String detail) implements CommandResult<A> {}
}
