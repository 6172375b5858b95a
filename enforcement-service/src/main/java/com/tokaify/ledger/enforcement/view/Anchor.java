package com.tokaify.ledger.enforcement.view;

/**
 * The record of a partition that a view has read last. Whoever goes on from a snapshot reads it
 * once more: where another record lies in its place, the topic is not the one the snapshot was made
 * from.
 *
 * @param offset in Kafka; {@link #NONE} has none
 * @param eventId {@code <stream>:<sequence>}
 */
public record Anchor(long offset, String eventId) {
    /** Nothing of the partition has been read. */
    public static final Anchor NONE = new Anchor(-1, "");
}
