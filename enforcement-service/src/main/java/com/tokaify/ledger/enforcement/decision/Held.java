package com.tokaify.ledger.enforcement.decision;

import java.util.Map;

/**
 * Units that are as good as spent though the stream does not say so yet: reserved here, or reported
 * here and not yet seen booked.
 *
 * @param ofModels by model; usage of a model nobody names is in the other two alone
 */
public record Held(long ofAccount, long ofToken, Map<String, Long> ofModels) {
    public static final Held NONE = new Held(0, 0, Map.of());
}
