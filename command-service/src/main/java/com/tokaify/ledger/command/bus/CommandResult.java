package com.tokaify.ledger.command.bus;

import com.tokaify.ledger.command.decision.Decision;
import com.tokaify.ledger.command.decision.Refusal;
import com.tokaify.ledger.events.Position;

/**
 * What became of a command, once that is durable.
 *
 * @param <A> the command's answer
 */
public sealed interface CommandResult<A> {

    /** What became of it, without where it stands. */
    default Outcome<A> outcome() {
        return switch (this) {
            case Committed<A>(A answer, _, long sequence) ->
                    new Outcome<>(Decision.accept(answer), sequence);
            case Refused<A>(Refusal refusal, String detail) ->
                    new Outcome<>(Decision.refuse(refusal, detail), Committed.UNKNOWN_SEQUENCE);
        };
    }

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
