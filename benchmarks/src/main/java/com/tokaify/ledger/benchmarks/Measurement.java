package com.tokaify.ledger.benchmarks;

import org.HdrHistogram.Histogram;

/**
 * One window of one contestant.
 *
 * @param perSecond consumptions, or rows
 * @param latencies of calls, in microseconds
 */
record Measurement(double perSecond, Histogram latencies) {}
