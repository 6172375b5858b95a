package com.tokaify.ledger.command.decision;

import com.tokaify.ledger.events.LedgerEvent;
import com.tokaify.ledger.events.id.AccountId;
import com.tokaify.ledger.events.id.CatalogId;
import com.tokaify.ledger.events.id.StreamId;
import com.tokaify.ledger.events.id.TokenId;
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

    /** Of a stream that nothing has happened to, or that does not exist for who asks. */
    static <A> Decision<A> notFound(StreamId stream) {
        return switch (stream) {
            case TokenId token ->
                    refuse(Refusal.TOKEN_NOT_FOUND, "There is no token " + token + ".");
            case AccountId account ->
                    refuse(Refusal.ACCOUNT_NOT_FOUND, "There is no account " + account + ".");
            case CatalogId _ -> refuse(Refusal.GROUP_NOT_FOUND, "The catalog is empty.");
        };
    }

    static <A> Decision<A> refuse(Refusal refusal, String detail) {
        return new Refused<>(refusal, detail);
    }
}
