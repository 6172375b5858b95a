package com.tokaify.ledger.command.decision;

import java.util.List;
import java.util.Map;

/**
 * A command whose decision depends on whether certain facts are recorded. The bus looks them up
 * before the command is decided and hands it what it found, so that the decision stays a pure
 * function.
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
