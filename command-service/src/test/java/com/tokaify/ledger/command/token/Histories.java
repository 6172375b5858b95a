package com.tokaify.ledger.command.token;

import com.tokaify.ledger.events.TokenEvent;
import java.util.List;

/** What a token has become by what happened to it. */
final class Histories {
    private Histories() {}

    static TokenState after(TokenEvent... events) {
        return after(List.of(events));
    }

    static TokenState after(List<? extends TokenEvent> events) {
        TokenState state = new TokenState.Unborn();
        for (int i = 0; i < events.size(); i++) {
            state = TokenState.evolve(state, events.get(i), i);
        }
        return state;
    }
}
