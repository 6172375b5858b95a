package com.tokaify.ledger.enforcement.view;

import java.time.Duration;

/**
 * How old what the view knows may be, and what becomes of checks beyond that. Decision 0018 says
 * what counts as having heard.
 *
 * @param limit since when a partition may not have been heard of
 */
public record Freshness(Duration limit, WhenStale whenStale) {
    /** For views that nobody tells what Kafka answers. */
    public static final Freshness UNBOUNDED =
            new Freshness(Duration.ofNanos(Long.MAX_VALUE), WhenStale.OPEN);

    /** What a view that may be too old answers. */
    public enum WhenStale {
        /** Nothing: a token may have been disabled meanwhile. */
        CLOSED,
        /** What it knows: calls go on, at the risk of those who pay for them. */
        OPEN
    }
}
