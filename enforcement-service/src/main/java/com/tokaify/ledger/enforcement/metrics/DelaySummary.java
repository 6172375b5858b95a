package com.tokaify.ledger.enforcement.metrics;

/**
 * How long the latest of something took, in milliseconds.
 *
 * @param count how many they are
 * @param p50Millis what half of them did not exceed
 * @param p99Millis what ninety-nine of a hundred did not exceed
 */
public record DelaySummary(int count, long p50Millis, long p99Millis, long maxMillis) {}
