package com.tokaify.ledger.enforcement.view;

import java.util.Locale;

/** Which of a token's secrets somebody has used. */
public enum UsedSecret {
    CURRENT,
    /** The one before the last rotation, within its grace period: time to change over. */
    PREVIOUS;

    private final String word = name().toLowerCase(Locale.ROOT);

    @Override
    public String toString() {
        return word;
    }
}
