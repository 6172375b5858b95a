package com.tokaify.ledger.query.history;

import com.tokaify.ledger.events.RecordedEvent;
import com.tokaify.ledger.events.TokenEvent;
import com.tokaify.ledger.events.id.TokenId;
import com.tokaify.ledger.query.projection.BrokenStream;
import com.tokaify.ledger.query.token.TokenState;
import java.time.Instant;

/** A token at a moment of its stream. As JSON it is a checkpoint. */
record TokenFold(TokenState state, Instant effectiveAt) implements Fold {

    static TokenFold begin(TokenId token, RecordedEvent first) {
        return new TokenFold(TokenState.begin(token, first, event(first)), first.recordedAt());
    }

    @Override
    public long sequence() {
        return state.sequence();
    }

    @Override
    public TokenFold after(RecordedEvent next) {
        return new TokenFold(
                state.evolve(next, event(next)), Fold.later(effectiveAt, next.recordedAt()));
    }

    private static TokenEvent event(RecordedEvent recorded) {
        if (recorded.event() instanceof TokenEvent event) {
            return event;
        }
        throw new BrokenStream(recorded, "the event belongs to another kind of stream");
    }
}
