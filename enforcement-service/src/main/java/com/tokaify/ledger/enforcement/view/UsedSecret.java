package com.tokaify.ledger.enforcement.view;

import java.util.Locale;
import java.util.Optional;

/** Which of a token's secrets somebody has used. */
public enum UsedSecret {
    CURRENT,
    /** The one before the last rotation, within its grace period: time to change over. */
    PREVIOUS;

    /** Made once: every check that lets somebody through gives one out. */
    static final Optional<UsedSecret> ACCEPTED_CURRENT = Optional.of(CURRENT);

    static final Optional<UsedSecret> ACCEPTED_PREVIOUS = Optional.of(PREVIOUS);

    private final String word = name().toLowerCase(Locale.ROOT);

    @Override
    public String toString() {
        return word;
    }
}
