package com.tokaify.ledger.audit.core;

/**
 * An event exactly as it lies in the store, on Kafka or in an evidence pack. Nothing is
 * interpreted: what was changed by somebody is here as it was changed.
 *
 * @param partition from 0
 * @param pseq dense position in the partition, from 1
 * @param stream {@code tok_…}, {@code acc_…} or {@code catalog}
 * @param sequence place in the stream, from 0
 * @param type the CloudEvents type, {@code com.tokaify.ledger.token-created.v1}
 * @param recordedAt ISO 8601, as in {@code ce_time}
 * @param actor {@code kind:id}
 * @param correlationId of the request
 * @param payload JSON as it was written
 */
@SuppressWarnings("ArrayRecordComponent") // handed on and hashed; compared byte by byte where it is
public record LoggedEvent(
        int partition,
        long pseq,
        String stream,
        long sequence,
        String type,
        String recordedAt,
        String actor,
        String correlationId,
        byte[] payload) {

    /** The same wherever the event lies: {@code <stream>:<sequence>}. */
    public String id() {
        return stream + ":" + sequence;
    }
}
