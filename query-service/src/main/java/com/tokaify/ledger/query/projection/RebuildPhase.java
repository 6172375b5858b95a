package com.tokaify.ledger.query.projection;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How far a rebuild is. */
public enum RebuildPhase {
    /** It makes an empty schema with all tables. */
    PREPARING,
    /** It reads the stream from its beginning. */
    FILLING,
    /** It has nearly come to where the live views are, and is about to take their place. */
    SWAPPING,
    /** It has taken their place; those it has replaced are being removed. */
    CLEANING,
    /** It is over, and the views are those built anew. */
    DONE,
    /** It is over, and the views are those that were there before. */
    FAILED;

    private final String word = name().toLowerCase(Locale.ROOT);

    boolean isOver() {
        return switch (this) {
            case DONE, FAILED -> true;
            case PREPARING, FILLING, SWAPPING, CLEANING -> false;
        };
    }

    @JsonValue
    @Override
    public String toString() {
        return word;
    }
}
