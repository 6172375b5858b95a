package com.tokaify.ledger.command.token;

import com.tokaify.ledger.command.decision.OnceKey;
import com.tokaify.ledger.command.decision.RecordedFact;
import com.tokaify.ledger.events.TokenEvent;
import java.util.Map;
import java.util.Optional;

/**
 * What was recorded of a token before, and where in its stream.
 *
 * @param <E> the type of the event
 */
public record Earlier<E extends TokenEvent>(long sequence, E event) {

    /** The fact of that key; empty where it is not recorded. */
    static <E extends TokenEvent> Optional<Earlier<E>> in(
            Map<OnceKey, RecordedFact> facts, OnceKey key, Class<E> type) {
        return Optional.ofNullable(facts.get(key))
                .map(fact -> new Earlier<>(fact.sequence(), type.cast(fact.event())));
    }
}
