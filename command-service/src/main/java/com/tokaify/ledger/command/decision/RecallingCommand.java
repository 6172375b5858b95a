package com.tokaify.ledger.command.decision;

import java.util.List;
import java.util.Map;

/**
 * A command whose decision depends on whether certain facts are recorded. The bus hands it what it
 * found of them, so that the decision stays a pure function.
 *
 * <p>Decided as if its own fact were new, it records that fact, or makes no event at all. So where
 * it depends on no other one, the bus may look it up only after the decision, or leave it to the
 * append, which refuses a fact that is recorded already.
 */
public interface RecallingCommand<A> extends LedgerCommand<A> {
    /**
     * What to look for; first the fact this command itself would record, whose position answers a
     * repetition.
     */
    List<OnceKey> recalls();

    /**
     * This command, knowing the facts.
     *
     * @param facts those of {@link #recalls} that are recorded; never empty
     */
    LedgerCommand<A> knowing(Map<OnceKey, RecordedFact> facts);
}
