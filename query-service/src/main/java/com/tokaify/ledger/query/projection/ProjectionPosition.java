package com.tokaify.ledger.query.projection;

/**
 * How far one projection has come in one partition.
 *
 * @param pseq the last event applied; 0 before the first
 * @param nextOffset where on Kafka reading continues
 */
record ProjectionPosition(String projection, int partition, long pseq, long nextOffset) {}
