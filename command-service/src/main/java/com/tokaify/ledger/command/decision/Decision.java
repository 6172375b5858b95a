package com.tokaify.ledger.command.decision;

import com.tokaify.ledger.events.LedgerEvent;
import java.util.List;

/**
 * What became of a command, before anything is stored.
 *
 * @param <A> the command's answer
 */
public sealed interface Decision<A> {

    /**
     * @param events what happened; none where the command asked for what already is
     */
    record Accepted<A>(List<? extends LedgerEvent> events, A answer) implements Decision<A> {}

    /**
     * @param detail one sentence for people
     */
    record Refused<A>(Refusal refusal, String detail) implements Decision<A> {}

    static <A> Decision<A> accept(A answer, LedgerEvent... events) {
        return new Accepted<>(List.of(events), answer);
    }

    static <A> Decision<A> refuse(Refusal refusal, String detail) {
        return new Refused<>(refusal, detail);
    }
}
