package com.tokaify.ledger.query.projection;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How a projection stands. */
public enum ProjectionState {
    /** It follows the stream. */
    LIVE,
    /** It has not yet come to where the stream ended when the service started. */
    CATCHING_UP,
    /** Kafka or its topic is away. */
    WAITING,
    /** It cannot be written, and stands still until it can. */
    FAILING,
    /** At least one partition cannot be followed any further; the others go on. */
    STOPPED;

    private final String word = name().toLowerCase(Locale.ROOT).replace('_', '-');

    @JsonValue
    @Override
    public String toString() {
        return word;
    }
}
